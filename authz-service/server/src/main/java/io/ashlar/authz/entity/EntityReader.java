package io.ashlar.authz.entity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ashlar.authz.body.Bodies;
import io.ashlar.authz.body.Facts;
import io.ashlar.cedar.EntityUid;
import io.ashlar.filter.dsl.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads types and entities from requests. */
final class EntityReader {

    private static final int PARENTS_MAX = 200;
    private static final int ATTRIBUTES_CHARACTERS_MAX = 16 << 10;

    /** Types of the platform: principals, and what its services ask about. */
    private static final Set<String> PLATFORM =
            Set.of("Action", "Dataset", "Export", "Group", "Role", "Sensitivity", "Tenant", "User");

    private EntityReader() {}

    static void type(String type, @Nullable JsonNode body) {
        List<Fault> faults = new ArrayList<>();
        checkType(type, faults);
        if (PLATFORM.contains(type)) {
            faults.add(new Fault("value_invalid", "/type", "the type is the platform's"));
        }
        if (body != null) {
            new Bodies(faults).only(body, List.of());
        }
        Bodies.refuse(faults);
    }

    static OwnedEntity entity(String type, String id, @Nullable JsonNode body) {
        List<Fault> faults = new ArrayList<>();
        Bodies bodies = new Bodies(faults);
        checkType(type, faults);
        if (id.length() > EntityUid.ID_LENGTH_MAX || id.indexOf('\0') >= 0) {
            faults.add(new Fault("value_invalid", "/id", "an id has 1 to " + EntityUid.ID_LENGTH_MAX + " characters"));
        }
        boolean object = bodies.only(body, List.of("parents", "attributes"));
        JsonNode read = object && body != null ? body : JsonNodeFactory.instance.objectNode();
        JsonNode attributes = read.path("attributes");
        new Facts(faults).fields(attributes, "/attributes");
        if (attributes.toString().length() > ATTRIBUTES_CHARACTERS_MAX) {
            faults.add(new Fault(
                    "too_long", "/attributes", "at most " + ATTRIBUTES_CHARACTERS_MAX + " characters are accepted"));
        }
        List<EntityUid> parents = parents(read.path("parents"), bodies, faults);
        Bodies.refuse(faults);
        return new OwnedEntity(
                type, id, parents, attributes.isObject() ? attributes : JsonNodeFactory.instance.objectNode(), 0);
    }

    private static void checkType(String type, List<Fault> faults) {
        if (!EntityUid.isTypeName(type)) {
            faults.add(new Fault("value_invalid", "/type", "not a Cedar type name"));
        }
    }

    private static List<EntityUid> parents(JsonNode array, Bodies bodies, List<Fault> faults) {
        List<EntityUid> parents = new ArrayList<>();
        if (array.isMissingNode()) {
            return parents;
        }
        if (!array.isArray() || array.size() > PARENTS_MAX) {
            faults.add(new Fault("wrong_type", "/parents", "expected an array of at most " + PARENTS_MAX + " names"));
            return parents;
        }
        for (int i = 0; i < array.size(); i++) {
            EntityUid parent = bodies.uid(array.get(i), "/parents/" + i);
            if (parent != null && parents.contains(parent)) {
                faults.add(new Fault("duplicate_value", "/parents/" + i, "is there twice"));
            } else if (parent != null) {
                parents.add(parent);
            }
        }
        return parents;
    }
}
