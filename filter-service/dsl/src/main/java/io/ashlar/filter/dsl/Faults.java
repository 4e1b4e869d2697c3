package io.ashlar.filter.dsl;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the faults of one input, up to a bound. Not thread-safe. */
final class Faults {

    /** More than anybody reads; what comes after is counted by nobody. */
    static final int MAX = 100;

    private static final int MAX_ALLOWED = 50;

    private @Nullable List<Fault> found;

    boolean none() {
        return found == null;
    }

    List<Fault> found() {
        return found == null ? List.of() : found;
    }

    void add(String code, String pointer, String detail) {
        add(new Fault(code, pointer, detail));
    }

    /** With the list of what is allowed and the nearest of it to what was said. */
    void add(String code, String pointer, String detail, String said, Collection<String> allowed) {
        String sure = Suggestion.certain(said, allowed);
        Fault fault = new Fault(code, pointer, detail, shortList(allowed), Suggestion.nearest(said, allowed));
        add(sure == null ? fault : fault.withFix(JsonPatch.replace(pointer, sure)));
    }

    /** An unknown member of an object. */
    void unknownKey(String pointer, String detail, String said, Collection<String> allowed) {
        String sure = Suggestion.certain(said, allowed);
        Fault fault = new Fault(
                FaultCode.UNKNOWN_KEY, pointer, detail, shortList(allowed), Suggestion.nearest(said, allowed));
        add(sure == null ? fault : fault.withFix(JsonPatch.rename(pointer, sure)));
    }

    private static @Nullable List<String> shortList(Collection<String> allowed) {
        return allowed.size() > MAX_ALLOWED ? null : allowed.stream().sorted().toList();
    }

    void add(Fault fault) {
        if (found == null) {
            found = new ArrayList<>();
        }
        if (found.size() < MAX) {
            found.add(fault);
        }
    }

    <T> Parsed<T> orOk(@Nullable T value) {
        if (found != null) {
            return Parsed.faulty(found);
        }
        if (value == null) {
            throw new IllegalStateException("neither a value nor a fault");
        }
        return Parsed.ok(value);
    }
}
