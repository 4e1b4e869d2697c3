package io.ashlar.filter.dsl;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads one dataset off a JSON tree and collects everything that is wrong with it. Not thread-safe. */
final class DatasetReader {

    private static final int MAX_FIELDS = 500;
    private static final int MAX_LABEL = 64;
    private static final List<String> KEYS =
            List.of("name", "version", "relation", "tenant_column", "key", "cedar_type", "entity_prefix", "fields");
    private static final List<String> FIELD_KEYS =
            List.of("name", "type", "source", "sensitivity", "cedar_attribute", "nullable", "operators", "values");

    private final Faults faults;
    private final Path path = new Path();

    DatasetReader(Faults faults) {
        this.faults = faults;
    }

    @Nullable Dataset read(JsonNode node, @Nullable String name, long version) {
        if (!object(node, KEYS)) {
            return null;
        }
        String readName = name;
        if (name == null || node.has("name")) {
            readName = spelled(node, "name", Identifiers::isName, "a name");
            if (name != null && readName != null && !readName.equals(name)) {
                faults.add(FaultCode.VALUE_INVALID, path.at("name"), "The name in the address is another one.");
            }
        }
        long readVersion = version;
        if (name == null) {
            readVersion = version(node.path("version"));
        } else if (node.has("version")) {
            faults.add(FaultCode.UNKNOWN_KEY, path.at("version"), "The version is given by the service.");
        }
        String relation = spelled(node, "relation", Identifiers::isRelation, "schema.table");
        String tenantColumn = spelled(node, "tenant_column", Identifiers::isColumn, "a column");
        String cedarType = spelled(node, "cedar_type", DatasetReader::isCedarType, "a Cedar type");
        String prefix = node.hasNonNull("entity_prefix")
                ? spelled(node, "entity_prefix", Identifiers::isName, "a prefix such as flight:")
                : null;
        List<Field> fields = fields(node.path("fields"));
        List<String> key = key(node.path("key"), fields);
        if (!faults.none() || readName == null || relation == null || tenantColumn == null || cedarType == null) {
            return null;
        }
        try {
            return new Dataset(readName, readVersion, relation, tenantColumn, key, cedarType, prefix, fields);
        } catch (IllegalArgumentException contradiction) {
            faults.add(
                    FaultCode.VALUE_INVALID,
                    path.toString(),
                    "The declaration contradicts itself: " + contradiction.getMessage());
            return null;
        }
    }

    private long version(JsonNode node) {
        if (!node.canConvertToExactIntegral() || !node.canConvertToLong() || node.longValue() < 0) {
            faults.add(FaultCode.WRONG_TYPE, path.at("version"), "A version is an integer.");
            return 0;
        }
        return node.longValue();
    }

    private List<String> key(JsonNode node, List<Field> fields) {
        int mark = path.enter("key");
        List<String> key = new ArrayList<>();
        if (!node.isArray() || node.isEmpty() || node.size() > 8) {
            faults.add(FaultCode.WRONG_TYPE, path.toString(), "A key is an array of 1 to 8 field names.");
        }
        for (int i = 0; i < node.size() && node.isArray(); i++) {
            int inner = path.enter(i);
            String name = node.get(i).asText();
            Field field = fields.stream()
                    .filter(known -> known.name().equals(name))
                    .findFirst()
                    .orElse(null);
            if (field == null) {
                faults.add(
                        FaultCode.UNKNOWN_FIELD,
                        path.toString(),
                        "The declaration has no such field.",
                        name,
                        fields.stream().map(Field::name).toList());
            } else if (field.nullable()) {
                faults.add(FaultCode.VALUE_INVALID, path.toString(), "A key field is declared with nullable false.");
            } else if (key.contains(name)) {
                faults.add(FaultCode.DUPLICATE_VALUE, path.toString(), "The field is named twice.");
            } else {
                key.add(name);
            }
            path.leave(inner);
        }
        path.leave(mark);
        return key;
    }

    private List<Field> fields(JsonNode node) {
        int mark = path.enter("fields");
        List<Field> fields = new ArrayList<>();
        Set<String> names = new HashSet<>();
        if (!node.isArray() || node.isEmpty() || node.size() > MAX_FIELDS) {
            faults.add(
                    FaultCode.WRONG_TYPE, path.toString(), "An array of 1 to " + MAX_FIELDS + " fields is expected.");
        } else {
            for (int i = 0; i < node.size(); i++) {
                int inner = path.enter(i);
                Field field = field(node.get(i));
                if (field != null && !names.add(field.name())) {
                    faults.add(FaultCode.DUPLICATE_VALUE, path.at("name"), "The name is given to two fields.");
                } else if (field != null) {
                    fields.add(field);
                }
                path.leave(inner);
            }
        }
        path.leave(mark);
        return fields;
    }

    private @Nullable Field field(JsonNode node) {
        if (!object(node, FIELD_KEYS)) {
            return null;
        }
        String name = spelled(node, "name", Identifiers::isName, "a name");
        FieldType type = type(node.path("type"));
        Source source = source(node.path("source"));
        String sensitivity = node.has("sensitivity")
                ? spelled(node, "sensitivity", DatasetReader::isLabel, "a label")
                : Field.PUBLIC;
        String attribute = node.has("cedar_attribute")
                ? spelled(node, "cedar_attribute", DatasetReader::isLabel, "an attribute path")
                : name;
        boolean nullable = true;
        if (node.has("nullable")) {
            nullable = node.get("nullable").asBoolean();
            if (!node.get("nullable").isBoolean()) {
                faults.add(FaultCode.WRONG_TYPE, path.at("nullable"), "true or false is expected.");
            }
        }
        if (name == null || type == null || source == null || sensitivity == null || attribute == null) {
            return null;
        }
        Set<Op> operators = operators(node, type);
        List<String> values = values(node, type);
        return values == null
                ? null
                : new Field(name, type, source, sensitivity, attribute, nullable, operators, values);
    }

    private @Nullable FieldType type(JsonNode node) {
        FieldType type = node.isTextual() ? FieldType.ofWire(node.textValue()) : null;
        if (type == null) {
            faults.add(
                    FaultCode.VALUE_INVALID,
                    path.at("type"),
                    "There is no such type.",
                    node.asText(),
                    FieldType.wires());
        }
        return type;
    }

    private @Nullable Source source(JsonNode node) {
        int mark = path.enter("source");
        Source source = new SourceReader(faults, path).read(node);
        path.leave(mark);
        return source;
    }

    /** The words of an enum; null after a fault. */
    private @Nullable List<String> values(JsonNode field, FieldType type) {
        JsonNode node = field.path("values");
        if (type != FieldType.ENUM) {
            if (!node.isMissingNode()) {
                faults.add(FaultCode.UNKNOWN_KEY, path.at("values"), "Only an enum has a list of values.");
            }
            return node.isMissingNode() ? List.of() : null;
        }
        Set<String> words = new LinkedHashSet<>();
        if (node.isArray() && node.size() <= Field.MAX_VALUES) {
            node.forEach(word -> words.add(word.isTextual() ? word.textValue() : ""));
        }
        boolean whole = !words.isEmpty()
                && words.size() == node.size()
                && words.stream().allMatch(word -> !word.isEmpty() && word.length() <= 128 && Texts.isStorable(word));
        if (!whole) {
            faults.add(
                    FaultCode.VALUE_INVALID,
                    path.at("values"),
                    "An array of 1 to " + Field.MAX_VALUES + " different words is expected.");
            return null;
        }
        return words.stream().map(Texts::nfc).toList();
    }

    private Set<Op> operators(JsonNode field, FieldType type) {
        JsonNode node = field.path("operators");
        if (node.isMissingNode()) {
            return type.operators();
        }
        int mark = path.enter("operators");
        Set<Op> operators = EnumSet.noneOf(Op.class);
        if (!node.isArray()) {
            faults.add(FaultCode.WRONG_TYPE, path.toString(), "An array of operators is expected.");
        }
        List<String> allowed = type.operators().stream().map(Op::wire).toList();
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            Op op = Op.ofWire(node.get(i).asText());
            if (op == null || !type.operators().contains(op)) {
                int inner = path.enter(i);
                faults.add(
                        FaultCode.UNKNOWN_OPERATOR,
                        path.toString(),
                        "The type has no such operator.",
                        node.get(i).asText(),
                        allowed);
                path.leave(inner);
            } else {
                operators.add(op);
            }
        }
        path.leave(mark);
        return operators;
    }

    private boolean object(JsonNode node, Collection<String> known) {
        if (!node.isObject()) {
            faults.add(FaultCode.WRONG_TYPE, path.toString(), "An object is expected.");
            return false;
        }
        node.fieldNames().forEachRemaining(key -> {
            if (!known.contains(key)) {
                faults.unknownKey(path.at(key), "There is no such key here.", key, known);
            }
        });
        return true;
    }

    private @Nullable String spelled(JsonNode node, String key, Predicate<String> rule, String what) {
        return spelled(node, key, rule, what, faults, path);
    }

    static @Nullable String spelled(
            JsonNode node, String key, Predicate<String> rule, String what, Faults faults, Path path) {
        JsonNode value = node.path(key);
        if (value.isMissingNode()) {
            faults.add(FaultCode.MISSING_KEY, path.toString(), "The key \"" + key + "\" is missing.");
            return null;
        }
        if (!value.isTextual() || !rule.test(value.textValue())) {
            faults.add(FaultCode.VALUE_INVALID, path.at(key), "The spelling of " + what + " is expected.");
            return null;
        }
        return value.textValue();
    }

    /** Identifiers joined by {@code ::}. */
    private static boolean isCedarType(String text) {
        for (String part : text.split("::", -1)) {
            if (!Identifiers.isColumn(part)) {
                return false;
            }
        }
        return text.length() <= MAX_LABEL * 2;
    }

    /** A label or an attribute path: words of any script, dots, dashes. */
    private static boolean isLabel(String text) {
        return !text.isBlank()
                && text.length() <= MAX_LABEL * 2
                && text.codePoints()
                        .allMatch(c -> Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.' || c == ':');
    }
}
