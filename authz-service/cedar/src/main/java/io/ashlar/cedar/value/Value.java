package io.ashlar.cedar.value;

import io.ashlar.cedar.EntityUid;
import java.util.Map;
import java.util.Set;

/**
 * A value of the Cedar language as evaluation knows it. Immutable; equality is Cedar's {@code ==}: values of different kinds
 * differ, extension values are equal when they mean the same, whatever their spelling was.
 */
public sealed interface Value
        permits Value.Flag,
                Value.Whole,
                Value.Text,
                Value.Reference,
                Value.SetOf,
                Value.Fields,
                Decimal,
                Datetime,
                Duration,
                IpRange {

    /** Deepest nesting of sets and records that is taken in. */
    int DEPTH_MAX = 64;

    /** What kind of value it is, in the language's words. */
    String kind();

    /** {@code true} or {@code false}. */
    record Flag(boolean value) implements Value {

        /** The only two that evaluation makes. */
        public static final Flag TRUE = new Flag(true);

        /** The other one. */
        public static final Flag FALSE = new Flag(false);

        /** One of the two. */
        public static Flag of(boolean value) {
            return value ? TRUE : FALSE;
        }

        @Override
        public String kind() {
            return "bool";
        }
    }

    /** A 64-bit integer. */
    record Whole(long value) implements Value {
        @Override
        public String kind() {
            return "long";
        }
    }

    /** A string. */
    record Text(String value) implements Value {
        @Override
        public String kind() {
            return "string";
        }
    }

    /** A reference to an entity. */
    record Reference(EntityUid uid) implements Value {
        @Override
        public String kind() {
            return "entity";
        }
    }

    /** A set. */
    record SetOf(Set<Value> values) implements Value {
        public SetOf {
            values = Set.copyOf(values);
        }

        @Override
        public String kind() {
            return "set";
        }
    }

    /** A record, by attribute name. */
    record Fields(Map<String, Value> values) implements Value {

        /** The record without fields. */
        public static final Fields NONE = new Fields(Map.of());

        public Fields {
            values = Map.copyOf(values);
        }

        @Override
        public String kind() {
            return "record";
        }
    }
}
