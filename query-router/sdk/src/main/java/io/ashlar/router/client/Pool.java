package io.ashlar.router.client;

import java.util.Locale;

/** Which of a node's connections a read may take: people wait for one kind, nobody for the other. */
public enum Pool {
    API,
    JOB;

    /** The header that names it. */
    public static final String HEADER = "Ashlar-Pool";

    /** The name on the wire: {@code api}. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
