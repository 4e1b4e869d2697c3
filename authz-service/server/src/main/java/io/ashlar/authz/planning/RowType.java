package io.ashlar.authz.planning;

import io.ashlar.authz.plan.PlanField;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a plan is about.
 *
 * @param name their Cedar type
 * @param attributes what is declared, by attribute path: {@code crew.name}
 * @param id path of the attribute whose value, as text, is the row's own id; null if there is none
 * @param parents paths of attributes that name entities which the row is in
 */
public record RowType(
        String name,
        Map<String, AttributeType> attributes,
        @Nullable String id,
        List<String> parents) {

    public RowType {
        attributes = Map.copyOf(attributes);
        parents = List.copyOf(parents);
    }

    /** What a request for a plan says of its fields; of fields without a type nothing is known. */
    public static RowType of(String name, List<PlanField> fields) {
        Map<String, AttributeType> attributes = new HashMap<>();
        List<String> parents = new ArrayList<>();
        String id = null;
        for (PlanField field : fields) {
            if (field.type() != null) {
                attributes.putIfAbsent(field.path(), new AttributeType(field.type(), field.entity()));
            }
            if (field.role() == PlanField.Role.PARENT) {
                parents.add(field.path());
            } else if (field.role() == PlanField.Role.ID) {
                id = field.path();
            }
        }
        return new RowType(name, attributes, id, parents);
    }

    AttributeType type(String path) {
        return attributes.getOrDefault(path, AttributeType.UNTYPED);
    }

    /** The declared attributes inside of a record; empty if the path is no record. */
    List<String> inside(String path) {
        String prefix = path + '.';
        return attributes.keySet().stream()
                .filter(declared -> declared.startsWith(prefix))
                .sorted()
                .toList();
    }
}
