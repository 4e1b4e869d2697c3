package io.ashlar.cedar;

import java.util.Map;
import java.util.Set;

/** A value of the Cedar language. Immutable; equality is Cedar's {@code ==} (values of different kinds differ). */
public sealed interface CedarValue {

    /** A string. */
    record Text(String value) implements CedarValue {}

    /** A 64-bit integer. */
    record Whole(long value) implements CedarValue {}

    /** {@code true} or {@code false}. */
    record Flag(boolean value) implements CedarValue {}

    /** A reference to an entity. */
    record Reference(EntityUid uid) implements CedarValue {}

    /** A set: order and repetition do not count. */
    record SetOf(Set<CedarValue> values) implements CedarValue {
        public SetOf {
            values = Set.copyOf(values);
        }
    }

    /** A record, by attribute name. */
    record Fields(Map<String, CedarValue> values) implements CedarValue {
        public Fields {
            values = Map.copyOf(values);
        }
    }

    /**
     * A value of an extension type, in the form of its constructor: {@code decimal("1.5")}. Two spellings of one value
     * ({@code "1.5"}, {@code "1.50"}) are equal to an engine but not to this record: do not fold them outside of one.
     *
     * @param function {@code ip}, {@code decimal}, {@code datetime} or {@code duration}
     * @param argument the constructor's argument
     */
    record Extension(String function, String argument) implements CedarValue {}
}
