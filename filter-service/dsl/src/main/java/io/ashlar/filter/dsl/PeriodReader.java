package io.ashlar.filter.dsl;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.ashlar.filter.dsl.Period.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one period off a token stream. Not thread-safe; for one object. */
final class PeriodReader {

    private static final List<String> KEYS = List.of("this", "last", "next", "past", "unit");

    private final JsonParser in;
    private final Faults faults;
    private final Path path;
    private final List<Fault> found = new ArrayList<>();
    private @Nullable Kind kind;
    private @Nullable CalendarUnit unit;
    private int count = 1;
    private boolean several;

    PeriodReader(JsonParser in, Faults faults, Path path) {
        this.in = in;
        this.faults = faults;
        this.path = path;
    }

    /** The period that starts at the current token; null after a fault. */
    @Nullable Period read() throws IOException {
        Faults inner = new Faults();
        new ObjectReader(in, inner, path).read(KEYS, this::member);
        if (kind == null && unit == null && found.isEmpty()) {
            // Nothing in it is of a period: it was meant to be something else.
            faults.add(
                    FaultCode.WRONG_TYPE,
                    path.toString(),
                    "A string, a number, true or false, or a period is expected.");
            return null;
        }
        if (kind == null && found.isEmpty()) {
            found.add(new Fault(
                    FaultCode.MISSING_KEY,
                    path.toString(),
                    "A period says which units: this, last, next or past.",
                    Period.kinds(),
                    null));
        } else if (several) {
            found.add(new Fault(
                    FaultCode.AMBIGUOUS_NODE, path.toString(), "A period is one of: this, last, next, past."));
        } else if (unit == null && found.isEmpty()) {
            found.add(new Fault(FaultCode.MISSING_KEY, path.toString(), "The key \"unit\" is missing."));
        }
        inner.found().forEach(faults::add);
        found.forEach(faults::add);
        return kind == null || unit == null || several || !found.isEmpty() || !inner.none()
                ? null
                : new Period(kind, count, unit);
    }

    private void member(String key) throws IOException {
        if (key.equals("unit")) {
            unit = unit();
            return;
        }
        several |= kind != null || (key.equals("this") && unit != null);
        kind = Kind.ofWire(key);
        if (kind == Kind.THIS) {
            unit = unit();
        } else {
            count = count();
        }
    }

    private @Nullable CalendarUnit unit() throws IOException {
        String word = in.currentToken() == JsonToken.VALUE_STRING ? in.getText() : "";
        in.skipChildren();
        several |= unit != null;
        CalendarUnit read = CalendarUnit.ofWire(word);
        if (read == null) {
            Fault fault = new Fault(
                    FaultCode.VALUE_INVALID,
                    path.toString(),
                    "There is no such unit.",
                    CalendarUnit.wires(),
                    Suggestion.nearest(word, CalendarUnit.wires()));
            String sure = Suggestion.certain(word, CalendarUnit.wires());
            found.add(sure == null ? fault : fault.withFix(JsonPatch.replace(path.toString(), sure)));
        }
        return read;
    }

    private int count() throws IOException {
        if (in.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            found.add(new Fault(FaultCode.WRONG_TYPE, path.toString(), "A whole number is expected."));
            in.skipChildren();
        } else if (in.getNumberType() != JsonParser.NumberType.INT
                || in.getIntValue() < 1
                || in.getIntValue() > Period.MAX_COUNT) {
            found.add(new Fault(
                    FaultCode.OUT_OF_RANGE, path.toString(), "A period has 1 to " + Period.MAX_COUNT + " units."));
        } else {
            return in.getIntValue();
        }
        return 1;
    }
}
