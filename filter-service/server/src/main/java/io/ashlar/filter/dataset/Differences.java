package io.ashlar.filter.dataset;

import io.ashlar.filter.dsl.Dataset;
import io.ashlar.filter.dsl.Field;
import io.ashlar.filter.dsl.Op;
import io.ashlar.filter.dsl.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Everything by which one declaration differs from another, in the order of the later one. Not thread-safe. */
final class Differences {

    private final Dataset present;
    private final Dataset next;
    private final List<Difference> found = new ArrayList<>();

    private Differences(Dataset present, Dataset next) {
        this.present = present;
        this.next = next;
    }

    /** What {@code next} says otherwise; the order of fields and versions do not count. */
    static List<Difference> of(Dataset present, Dataset next) {
        Differences differences = new Differences(present, next);
        differences.rows();
        differences.fields();
        return List.copyOf(differences.found);
    }

    private void rows() {
        whole(Change.RELATION_CHANGED, "/relation", present.relation(), next.relation());
        whole(Change.TENANT_COLUMN_CHANGED, "/tenant_column", present.tenantColumn(), next.tenantColumn());
        whole(Change.KEY_CHANGED, "/key", present.key(), next.key());
        whole(Change.CEDAR_TYPE_CHANGED, "/cedar_type", present.cedarType(), next.cedarType());
        whole(Change.ENTITY_PREFIX_CHANGED, "/entity_prefix", present.entityPrefix(), next.entityPrefix());
    }

    private void whole(Change change, String pointer, Object was, Object is) {
        if (!Objects.equals(was, is)) {
            found.add(new Difference(change, pointer, change.meaning()));
        }
    }

    private void fields() {
        Map<String, Field> before = present.fields().stream().collect(Collectors.toMap(Field::name, field -> field));
        Map<Source, String> hidden = new HashMap<>();
        present.fields().stream()
                .filter(field -> !field.isPublic())
                .forEach(field -> hidden.put(field.source(), field.sensitivity()));
        for (int i = 0; i < next.fields().size(); i++) {
            Field field = next.fields().get(i);
            String pointer = "/fields/" + i;
            Field was = before.remove(field.name());
            if (was == null) {
                add(Change.FIELD_ADDED, pointer, field);
            } else {
                field(was, field, pointer);
            }
            String label = hidden.get(field.source());
            boolean elsewhere = was == null || !was.source().equals(field.source());
            if (elsewhere && label != null && !label.equals(field.sensitivity())) {
                add(Change.SENSITIVE_SOURCE_REUSED, pointer + "/sensitivity", field);
            }
        }
        present.fields().stream()
                .filter(field -> before.containsKey(field.name()))
                .forEach(field -> add(Change.FIELD_REMOVED, "/fields", field));
    }

    private void field(Field was, Field is, String pointer) {
        if (was.type() != is.type()) {
            add(Change.TYPE_CHANGED, pointer + "/type", is);
        } else {
            sets(
                    operators(was),
                    operators(is),
                    Change.OPERATORS_NARROWED,
                    Change.OPERATORS_WIDENED,
                    pointer + "/operators",
                    is);
            sets(
                    Set.copyOf(was.values()),
                    Set.copyOf(is.values()),
                    Change.VALUES_REMOVED,
                    Change.VALUES_ADDED,
                    pointer + "/values",
                    is);
        }
        if (!was.source().equals(is.source())) {
            add(Change.SOURCE_CHANGED, pointer + "/source", is);
        }
        if (was.nullable() != is.nullable()) {
            add(is.nullable() ? Change.BECAME_NULLABLE : Change.NEVER_NULL, pointer + "/nullable", is);
        }
        if (!was.sensitivity().equals(is.sensitivity())) {
            Change change = was.isPublic()
                    ? Change.SENSITIVITY_RAISED
                    : is.isPublic() ? Change.SENSITIVITY_LOWERED : Change.SENSITIVITY_CHANGED;
            add(change, pointer + "/sensitivity", is);
        }
        if (!was.cedarAttribute().equals(is.cedarAttribute())) {
            add(Change.CEDAR_ATTRIBUTE_CHANGED, pointer + "/cedar_attribute", is);
        }
    }

    private void sets(Set<String> was, Set<String> is, Change fewer, Change more, String pointer, Field field) {
        Set<String> gone = new TreeSet<>(was);
        gone.removeAll(is);
        if (!gone.isEmpty()) {
            String detail = field.name() + ": " + fewer.meaning() + " Gone: " + String.join(", ", shown(gone)) + ".";
            found.add(new Difference(fewer, pointer, detail));
        }
        if (!was.containsAll(is)) {
            add(more, pointer, field);
        }
    }

    private static List<String> shown(Set<String> gone) {
        return gone.stream().limit(20).toList();
    }

    private static Set<String> operators(Field field) {
        return field.operators().stream().map(Op::wire).collect(Collectors.toSet());
    }

    private void add(Change change, String pointer, Field field) {
        found.add(new Difference(change, pointer, field.name() + ": " + change.meaning()));
    }
}
