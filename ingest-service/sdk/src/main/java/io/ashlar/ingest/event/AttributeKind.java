package io.ashlar.ingest.event;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What an attribute's values are. One kind, one column of {@code ingest.entity_values}. */
public enum AttributeKind {
    STRING("string", "s"),
    BOOL("bool", "b"),
    INT64("int64", "i"),
    DOUBLE("double", "d"),
    TIMESTAMP("timestamp", "t");

    private final String wire;
    private final String tag;

    AttributeKind(String wire, String tag) {
        this.wire = wire;
        this.tag = tag;
    }

    /** The name in the API. */
    public String wire() {
        return wire;
    }

    /** The one letter that marks a value of this kind in a chunk. */
    public String tag() {
        return tag;
    }

    /** The kind of that API name. */
    public static Optional<AttributeKind> ofWire(String wire) {
        return Arrays.stream(values()).filter(kind -> kind.wire.equals(wire)).findFirst();
    }

    /** All API names, for messages. */
    public static List<String> wireNames() {
        return Arrays.stream(values()).map(AttributeKind::wire).toList();
    }
}
