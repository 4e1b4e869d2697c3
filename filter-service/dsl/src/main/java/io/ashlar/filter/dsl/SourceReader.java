package io.ashlar.filter.dsl;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads where a field's values are, off a JSON tree. Not thread-safe. */
final class SourceReader {

    private static final List<String> COLUMN = List.of("column");
    private static final List<String> JSON = List.of("json", "key", "path");
    private static final List<String> EAV = List.of("eav", "entity", "attribute", "id", "value", "latest");
    private static final List<String> ALL =
            List.of("column", "json", "key", "path", "eav", "entity", "attribute", "id", "value", "latest");

    private final Faults faults;
    private final Path path;

    SourceReader(Faults faults, Path path) {
        this.faults = faults;
        this.path = path;
    }

    /** The source, which the path stands at; null after a fault. */
    @Nullable Source read(JsonNode node) {
        if (!node.isObject()) {
            faults.add(FaultCode.WRONG_TYPE, path.toString(), "An object is expected.");
            return null;
        }
        List<String> kind = node.has("eav") ? EAV : node.has("json") ? JSON : COLUMN;
        boolean[] strange = {false};
        node.fieldNames().forEachRemaining(key -> {
            if (!ALL.contains(key)) {
                faults.unknownKey(path.at(key), "There is no such key here.", key, ALL);
                strange[0] = true;
            } else if (!kind.contains(key)) {
                strange[0] = true;
                faults.add(
                        FaultCode.AMBIGUOUS_NODE,
                        path.toString(),
                        "A source is a column, or json with key or path, or eav; not several.");
            }
        });
        if (strange[0]) {
            return null;
        }
        return kind == EAV ? eav(node) : kind == JSON ? json(node) : column(node);
    }

    private @Nullable Source column(JsonNode node) {
        String column = spelled(node, "column", Identifiers::isColumn, "a column");
        return column == null ? null : new Source.Column(column);
    }

    private @Nullable Source json(JsonNode node) {
        String column = spelled(node, "json", Identifiers::isColumn, "a column");
        if (node.has("key") && node.has("path")) {
            faults.add(FaultCode.AMBIGUOUS_NODE, path.toString(), "A member has a key or a path, not both.");
            return null;
        }
        if (node.has("path")) {
            List<String> members = list(node, "path", Identifiers::isName, "a JSON member");
            return column == null || members == null ? null : new Source.JsonPath(column, members);
        }
        String key = spelled(node, "key", Identifiers::isName, "a JSON member");
        return column == null || key == null ? null : new Source.JsonField(column, key);
    }

    private @Nullable Source eav(JsonNode node) {
        String relation = spelled(node, "eav", Identifiers::isRelation, "schema.table");
        String entity = spelled(node, "entity", Identifiers::isColumn, "a column");
        String attribute = spelled(node, "attribute", Identifiers::isColumn, "a column");
        String value = spelled(node, "value", Identifiers::isColumn, "a column");
        List<String> latest = list(node, "latest", Identifiers::isColumn, "a column");
        JsonNode id = node.path("id");
        if (!id.isIntegralNumber() || !id.canConvertToInt()) {
            faults.add(FaultCode.WRONG_TYPE, path.at("id"), "The attribute's number is expected.");
            return null;
        }
        return relation == null || entity == null || attribute == null || value == null || latest == null
                ? null
                : new Source.Eav(relation, entity, attribute, id.intValue(), value, latest);
    }

    private @Nullable List<String> list(JsonNode node, String key, Predicate<String> rule, String what) {
        JsonNode array = node.path(key);
        if (!array.isArray() || array.isEmpty() || array.size() > Source.JsonPath.MAX_DEPTH) {
            faults.add(
                    FaultCode.WRONG_TYPE,
                    path.at(key),
                    "An array of 1 to " + Source.JsonPath.MAX_DEPTH + " names is expected.");
            return null;
        }
        List<String> names = new ArrayList<>();
        for (JsonNode name : array) {
            if (!name.isTextual() || !rule.test(name.textValue())) {
                faults.add(FaultCode.VALUE_INVALID, path.at(key), "The spelling of " + what + " is expected.");
                return null;
            }
            names.add(name.textValue());
        }
        return names;
    }

    private @Nullable String spelled(JsonNode node, String key, Predicate<String> rule, String what) {
        return DatasetReader.spelled(node, key, rule, what, faults, path);
    }
}
