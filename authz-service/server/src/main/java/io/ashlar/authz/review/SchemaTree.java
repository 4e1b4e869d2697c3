package io.ashlar.authz.review;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * A Cedar schema as JSON, measured and completed before native code sees it: common types may name one another, and a short schema
 * can be a tree of any size when they are put in.
 */
final class SchemaTree {

    /** Parts of all types with the common types put in. */
    static final long PARTS_MAX = 20_000;

    /** Combinations of principal type, action and resource type: each policy is typed once for each. */
    static final long REQUESTS_MAX = 2_000;

    private static final long IN_PROGRESS = -1;

    private final Map<String, JsonNode> commonTypes = new HashMap<>();
    private final Map<String, Long> measured = new HashMap<>();

    private SchemaTree() {}

    /**
     * The platform's declarations with a tenant's laid over them: an action or a type that the tenant declares is the tenant's, but a
     * type keeps the platform's parents besides.
     */
    static ObjectNode over(ObjectNode platform, ObjectNode tenant) {
        ObjectNode merged = platform.deepCopy();
        tenant.properties().forEach(namespace -> {
            if (merged.get(namespace.getKey()) instanceof ObjectNode base
                    && namespace.getValue() instanceof ObjectNode own) {
                lay(base, own);
            } else {
                merged.set(namespace.getKey(), namespace.getValue());
            }
        });
        return merged;
    }

    private static void lay(ObjectNode base, ObjectNode own) {
        own.properties().forEach(section -> {
            if (!(base.get(section.getKey()) instanceof ObjectNode declared)
                    || !(section.getValue() instanceof ObjectNode wanted)) {
                base.set(section.getKey(), section.getValue());
                return;
            }
            wanted.properties().forEach(entry -> {
                JsonNode before = declared.get(entry.getKey());
                JsonNode value = entry.getValue();
                if (section.getKey().equals("entityTypes") && value instanceof ObjectNode type && before != null) {
                    value = withParents(type, before.path("memberOfTypes"));
                }
                declared.set(entry.getKey(), value);
            });
        });
    }

    private static ObjectNode withParents(ObjectNode type, JsonNode platforms) {
        Set<String> parents = new LinkedHashSet<>();
        type.path("memberOfTypes").forEach(parent -> parents.add(parent.asText()));
        platforms.forEach(parent -> parents.add(parent.asText()));
        ObjectNode completed = type.deepCopy();
        if (!type.has("enum")) {
            ArrayNode list = completed.putArray("memberOfTypes");
            parents.forEach(list::add);
        }
        return completed;
    }

    /** How many parts the schema has with its common types put in; more than {@link #PARTS_MAX} where they go in circles. */
    static long parts(JsonNode schema) {
        SchemaTree tree = new SchemaTree();
        schema.properties().forEach(namespace -> namespace
                .getValue()
                .path("commonTypes")
                .properties()
                .forEach(type -> tree.commonTypes.put(name(namespace.getKey(), type.getKey()), type.getValue())));
        long parts = 0;
        for (Map.Entry<String, JsonNode> namespace : schema.properties()) {
            parts = bounded(parts + tree.measure(namespace.getKey(), namespace.getValue()));
        }
        return parts;
    }

    /** How many combinations of principal type, action and resource type there are. */
    static long requests(JsonNode schema) {
        long requests = 0;
        for (JsonNode namespace : schema) {
            for (JsonNode action : namespace.path("actions")) {
                JsonNode applies = action.path("appliesTo");
                requests += (long) applies.path("principalTypes").size()
                        * applies.path("resourceTypes").size();
            }
        }
        return requests;
    }

    private long measure(String namespace, JsonNode node) {
        long parts = 1;
        for (JsonNode child : node) {
            parts = bounded(parts + measure(namespace, child));
        }
        parts = bounded(parts + named(namespace, node.path("type")));
        return bounded(parts + named(namespace, node.path("name")));
    }

    private long named(String namespace, JsonNode type) {
        if (!type.isTextual()) {
            return 0;
        }
        String own = name(namespace, type.textValue());
        String found = commonTypes.containsKey(own) ? own : type.textValue();
        JsonNode common = commonTypes.get(found);
        if (common == null) {
            return 0;
        }
        Long known = measured.get(found);
        if (known != null) {
            return known == IN_PROGRESS ? PARTS_MAX + 1 : known;
        }
        measured.put(found, IN_PROGRESS);
        int colons = found.lastIndexOf("::");
        long parts = measure(colons < 0 ? "" : found.substring(0, colons), common);
        measured.put(found, parts);
        return parts;
    }

    private static String name(String namespace, String type) {
        return namespace.isEmpty() ? type : namespace + "::" + type;
    }

    private static long bounded(long parts) {
        return Math.min(parts, PARTS_MAX + 1);
    }
}
