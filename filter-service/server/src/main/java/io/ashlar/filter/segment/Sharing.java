package io.ashlar.filter.segment;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Who may use a segment. */
enum Sharing {
    /** Its owner. */
    PRIVATE,
    /** Whoever may query the dataset. */
    TENANT;

    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    static @Nullable Sharing ofWire(String wire) {
        return Arrays.stream(values())
                .filter(sharing -> sharing.wire().equals(wire))
                .findFirst()
                .orElse(null);
    }

    static List<String> wires() {
        return Arrays.stream(values()).map(Sharing::wire).toList();
    }
}
