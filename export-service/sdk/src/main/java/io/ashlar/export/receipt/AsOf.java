package io.ashlar.export.receipt;

import org.jspecify.annotations.Nullable;

/**
 * The instant an export speaks of.
 *
 * @param kind {@code run time}: the rows are those found while the export ran; other kinds name a bound
 * @param bound the consistency token below which the rows lie; absent at run time
 */
public record AsOf(String kind, @Nullable String bound) {

    private static final String RUN_TIME_KIND = "run time";

    /** The rows found while the export ran: what is promised as long as a data set cannot be read below a bound. */
    public static final AsOf RUN_TIME = new AsOf(RUN_TIME_KIND, null);

    public AsOf {
        if (kind.isBlank()) {
            throw new IllegalArgumentException("as_of without a kind");
        }
    }
}
