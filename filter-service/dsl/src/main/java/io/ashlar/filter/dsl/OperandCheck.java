package io.ashlar.filter.dsl;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Types the constants of conditions; the path stands at their value. Not thread-safe. */
final class OperandCheck {

    private final Faults faults;
    private final Path path;
    private final boolean client;

    OperandCheck(Faults faults, Path path, boolean client) {
        this.faults = faults;
        this.path = path;
        this.client = client;
    }

    Operand of(Field field, Op op, Operand operand) {
        if (op == Op.SEARCH && operand instanceof Operand.One(Literal.Text(String text))) {
            words(text, faults, path.toString());
        }
        return switch (operand) {
            case Operand.One(Literal value) -> new Operand.One(value(field, value));
            case Operand.Range(Literal low, Literal high) -> new Operand.Range(at(0, field, low), at(1, field, high));
            case Operand.Many(List<Literal> values) -> {
                Literal[] checked = new Literal[values.size()];
                for (int i = 0; i < checked.length; i++) {
                    checked[i] = at(i, field, values.get(i));
                }
                yield new Operand.Many(List.of(checked));
            }
            case Operand.During during -> during;
        };
    }

    /** A search needs some words, and not too many. */
    static void words(String text, Faults faults, String pointer) {
        int count = Words.distinct(text).size();
        if (count == 0) {
            faults.add(FaultCode.VALUE_INVALID, pointer, "There is no word in it.");
        } else if (count > Words.MAX) {
            faults.add(FaultCode.TOO_MANY_VALUES, pointer, "At most " + Words.MAX + " words can be searched for.");
        }
    }

    private Literal at(int index, Field field, Literal literal) {
        int mark = path.enter(index);
        Literal checked = value(field, literal);
        path.leave(mark);
        return checked;
    }

    private Literal value(Field field, Literal literal) {
        FieldType type = field.type();
        // To a policy a day is an instant of its own, and texts are what they are.
        if (client && type == FieldType.TIMESTAMP && literal instanceof Literal.Text(String text)) {
            LocalDate day = Values.date(text);
            if (day != null && !TimeRewrite.isWhole(day)) {
                faults.add(FaultCode.OUT_OF_RANGE, path.toString(), "The day lies at the end of time.");
            }
            if (day != null) {
                return literal;
            }
        }
        Object value = Values.of(type, literal);
        if (value instanceof Values.Misfit misfit) {
            misfit(misfit, type, literal);
            return literal;
        }
        // A policy may speak of a word that the declaration has forgotten: no row has it, and that is that.
        if (client
                && type == FieldType.ENUM
                && value instanceof String word
                && !field.values().contains(word)) {
            faults.add(FaultCode.VALUE_INVALID, path.toString(), "The field has no such value.", word, field.values());
        }
        return switch (value) {
            case String text -> client ? normal(literal, text) : literal;
            // Spelled by themselves already.
            case Long number -> literal;
            case BigDecimal number -> literal;
            case Boolean flag -> literal;
            default -> Values.literal(value);
        };
    }

    private static Literal normal(Literal literal, String text) {
        String normal = Texts.nfc(text);
        return normal.equals(text) ? literal : new Literal.Text(normal);
    }

    private void misfit(Values.Misfit misfit, FieldType type, Literal literal) {
        String code =
                switch (misfit) {
                    case WRONG_TYPE -> FaultCode.WRONG_TYPE;
                    case INVALID -> FaultCode.VALUE_INVALID;
                    case OUT_OF_RANGE -> FaultCode.OUT_OF_RANGE;
                };
        Fault fault = new Fault(code, path.toString(), expected(type));
        JsonNode sure = sure(type, literal);
        faults.add(sure == null ? fault : fault.withFix(JsonPatch.replace(path.toString(), sure)));
    }

    /** A number or a flag in quotes, or a string without, was surely meant as what the field takes. */
    private static @Nullable JsonNode sure(FieldType type, Literal literal) {
        Literal meant =
                switch (literal) {
                    case Literal.Text(String text) ->
                        type == FieldType.BOOL
                                ? (text.equals("true") || text.equals("false") ? Literal.of(text.equals("true")) : null)
                                : number(text);
                    case Literal.Number(BigDecimal number) -> Literal.of(number.toPlainString());
                    case Literal.Flag(boolean flag) -> Literal.of(Boolean.toString(flag));
                    case Literal.Texts texts -> null;
                };
        return meant == null || Values.of(type, meant) instanceof Values.Misfit ? null : FilterJson.write(meant);
    }

    private static @Nullable Literal number(String text) {
        boolean plain = !text.isEmpty()
                && text.length() <= 40
                && text.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '-' || c == '.');
        try {
            return plain ? Literal.of(new BigDecimal(text)) : null;
        } catch (NumberFormatException noNumber) {
            return null;
        }
    }

    /** What a person is told. */
    static String expected(FieldType type) {
        return switch (type) {
            case STRING, TEXT, ENUM, STRINGS -> "A string is expected.";
            case BOOL -> "true or false is expected.";
            case INT64 -> "A whole number of 64 bits is expected.";
            case MONEY -> "A whole number of minor units is expected, such as cents; 64 bits.";
            case DECIMAL -> "A number is expected.";
            case DOUBLE -> "A number within the range of a double is expected.";
            case TIMESTAMP ->
                "A date, or a time as in 2001-01-31T10:00:00Z with at most six digits of a second, is expected.";
            case DATE -> "A date as in 2001-01-31 is expected.";
            case UUID -> "A UUID is expected.";
        };
    }
}
