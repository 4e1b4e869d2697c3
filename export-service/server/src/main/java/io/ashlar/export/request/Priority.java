package io.ashlar.export.request;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** x. */
enum Priority {
    CRITICAL(0),
    HIGH(1),
    STANDARD(2),
    LOW(3);

    static final List<String> NAMES =
            Arrays.stream(values()).map(Priority::wire).toList();

    private final int column;

    Priority(int column) {
        this.column = column;
    }

    /** As the queue's table holds it: less is sooner. */
    int column() {
        return column;
    }

    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Priority> of(String wire) {
        return Arrays.stream(values())
                .filter(priority -> priority.wire().equals(wire))
                .findFirst();
    }

    static Priority of(int column) {
        return Arrays.stream(values())
                .filter(priority -> priority.column == column)
                .findFirst()
                .orElseThrow();
    }
}
