package io.ashlar.filter.dsl;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The key by which a client names one row: an object with exactly the dataset's key fields, spelled as in an answer.
 * Strings are taken as they are, since what is stored may not be normalized. Thread-safe.
 */
public final class RowKey {

    private RowKey() {}

    /**
     * The filter that lets exactly this row through, or all faults with pointers into {@code key}. It is not bound by the
     * operators that a client may use.
     *
     * @param visibleFields a key field that the caller may not see is answered as one that does not exist
     */
    public static Parsed<Filter> read(JsonNode key, Dataset dataset, Set<String> visibleFields) {
        Faults faults = new Faults();
        Path path = new Path();
        List<String> names =
                dataset.key().stream().filter(visibleFields::contains).toList();
        if (!key.isObject()) {
            faults.add(FaultCode.WRONG_TYPE, "", "An object with the dataset's key is expected.");
            return Parsed.faulty(faults.found());
        }
        key.fieldNames().forEachRemaining(name -> {
            if (!names.contains(name)) {
                faults.unknownKey(path.at(name), "The dataset's key has no such field.", name, names);
            }
        });
        List<Filter> conditions = new ArrayList<>();
        for (String name : dataset.key()) {
            if (!names.contains(name)) {
                // Without it no row can be told from another; which field it is, the caller may not know.
                faults.add(FaultCode.UNKNOWN_FIELD, "", "The key has a field that you may not see.");
            } else if (!key.has(name)) {
                faults.add(FaultCode.MISSING_KEY, "", "The key \"" + name + "\" is missing.");
            } else {
                int mark = path.enter(name);
                Literal literal = literal(key.path(name), dataset.require(name).type(), faults, path);
                path.leave(mark);
                conditions.add(new Filter.Condition(name, Op.EQ, new Operand.One(literal)));
            }
        }
        return faults.orOk(conditions.size() == 1 ? conditions.getFirst() : new Filter.And(conditions));
    }

    private static Literal literal(JsonNode node, FieldType type, Faults faults, Path path) {
        Literal literal = node.isTextual() || node.isNumber() || node.isBoolean() ? FilterJson.literal(node) : null;
        Object value = literal == null ? Values.Misfit.WRONG_TYPE : Values.of(type, literal);
        boolean storable = !(value instanceof String text) || Texts.isStorable(text);
        if (literal != null && storable && !(value instanceof Values.Misfit)) {
            return Values.literal(value);
        }
        boolean range = value == Values.Misfit.OUT_OF_RANGE;
        boolean kind = value == Values.Misfit.WRONG_TYPE;
        String code = range ? FaultCode.OUT_OF_RANGE : kind ? FaultCode.WRONG_TYPE : FaultCode.VALUE_INVALID;
        faults.add(code, path.toString(), OperandCheck.expected(type));
        return Literal.of("");
    }
}
