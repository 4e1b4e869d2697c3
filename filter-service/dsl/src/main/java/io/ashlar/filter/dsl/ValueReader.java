package io.ashlar.filter.dsl;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads constants and names off a token stream, within the limits. Not thread-safe. */
final class ValueReader {

    /** Digits before or after the point; more than a double can say, and nothing that explodes when it is expanded. */
    static final int MAX_DIGITS = 400;

    private static final int MAX_NAME = 128;

    private final JsonParser in;
    private final Limits limits;
    private final Faults faults;
    private final Path path;
    private int values;

    ValueReader(JsonParser in, Limits limits, Faults faults, Path path) {
        this.in = in;
        this.limits = limits;
        this.faults = faults;
        this.path = path;
    }

    /** A field's or a segment's name, not yet looked up; null after a fault. */
    @Nullable String name() throws IOException {
        if (in.currentToken() != JsonToken.VALUE_STRING) {
            wrong("A name is a string.");
            return null;
        }
        String name = in.getText();
        if (name.isEmpty() || name.length() > MAX_NAME) {
            faults.add(FaultCode.TOO_LONG, path.toString(), "A name has 1 to " + MAX_NAME + " characters.");
            return null;
        }
        return name;
    }

    boolean flag() throws IOException {
        JsonToken token = in.currentToken();
        if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
            return token == JsonToken.VALUE_TRUE;
        }
        wrong("true or false is expected.");
        return false;
    }

    /** One constant, an array of them or a period; null after a fault. */
    @Nullable Operand operand() throws IOException {
        if (in.currentToken() == JsonToken.START_OBJECT) {
            Period period = new PeriodReader(in, faults, path).read();
            return period == null ? null : new Operand.During(period);
        }
        if (in.currentToken() != JsonToken.START_ARRAY) {
            Literal one = literal();
            return one == null ? null : new Operand.One(one);
        }
        List<Literal> many = new ArrayList<>();
        boolean whole = true;
        for (int i = 0; in.nextToken() != JsonToken.END_ARRAY; i++) {
            int mark = path.enter(i);
            Literal next = literal();
            if (next == null) {
                whole = false;
            } else {
                many.add(next);
            }
            path.leave(mark);
        }
        return whole ? new Operand.Many(many) : null;
    }

    /** A constant string; null after a fault. */
    @Nullable String text() throws IOException {
        if (in.currentToken() != JsonToken.VALUE_STRING) {
            wrong("A string is expected.");
            return null;
        }
        return text(in.getText()) instanceof Literal.Text(String text) ? text : null;
    }

    private @Nullable Literal literal() throws IOException {
        if (++values > limits.values()) {
            if (values == limits.values() + 1) {
                faults.add(
                        FaultCode.TOO_MANY_VALUES, path.toString(), "A query may have " + limits.values() + " values.");
            }
            in.skipChildren();
            return null;
        }
        return switch (in.currentToken()) {
            case VALUE_STRING -> text(in.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number();
            case VALUE_TRUE -> new Literal.Flag(true);
            case VALUE_FALSE -> new Literal.Flag(false);
            case VALUE_NULL -> wrong("null is not a value; ask with the operator is_null.");
            default -> wrong("A string, a number, true or false is expected.");
        };
    }

    private @Nullable Literal text(String text) {
        // UTF-8 takes at most three bytes for one char, so that most strings need no counting.
        if (text.length() * 3L > limits.stringBytes() && Texts.utf8Length(text) > limits.stringBytes()) {
            faults.add(
                    FaultCode.TOO_LONG,
                    path.toString(),
                    "A string may have " + limits.stringBytes() + " bytes (UTF-8).");
            return null;
        }
        if (!Texts.isStorable(text)) {
            faults.add(
                    FaultCode.VALUE_INVALID,
                    path.toString(),
                    "A string may not contain U+0000 or half of a surrogate pair.");
            return null;
        }
        return new Literal.Text(text);
    }

    private @Nullable Literal number() throws IOException {
        try {
            BigDecimal value = in.getDecimalValue();
            long before = (long) value.precision() - value.scale();
            if (before <= MAX_DIGITS && value.scale() <= MAX_DIGITS) {
                return new Literal.Number(value);
            }
        } catch (NumberFormatException tooLarge) {
            // An exponent that no number type holds: the same fault as one that is merely absurd.
            faults.add(FaultCode.OUT_OF_RANGE, path.toString(), "The number is out of any field's range.");
            return null;
        }
        faults.add(FaultCode.OUT_OF_RANGE, path.toString(), "The number is out of any field's range.");
        return null;
    }

    private @Nullable Literal wrong(String detail) throws IOException {
        faults.add(FaultCode.WRONG_TYPE, path.toString(), detail);
        in.skipChildren();
        return null;
    }
}
