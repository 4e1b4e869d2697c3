package io.ashlar.router.topology;

/** Comparing positions of one timeline. */
public final class WalMath {

    private static final long PAGE_BYTES = 8192;

    /** Header of a segment's first page; other pages have 24. No record is shorter than 24, so none ends in between. */
    private static final long HEADER_BYTES_MAX = 40;

    private WalMath() {}

    /**
     * Whether a node at {@code replayed} has all that was written up to {@code written}.
     *
     * <p>After a switch of WAL segments an idle primary stands behind the new page's header, a standby before it: the
     * header is no record, so the two are equal.
     */
    public static boolean reached(long replayed, long written) {
        return replayed >= written || (replayed % PAGE_BYTES == 0 && written - replayed <= HEADER_BYTES_MAX);
    }
}
