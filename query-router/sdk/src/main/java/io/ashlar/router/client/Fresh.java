package io.ashlar.router.client;

/** How fresh an answer is, and what proves it. */
public interface Fresh {

    /** {@code primary}, or the name of the replica that was read. */
    String source();

    /** The greatest age the answer can have, in milliseconds; 0 from the primary. */
    long lagMs();

    /** {@code strong}, {@code eventual}, {@code session} or {@code degraded} (the primary was away). */
    String consistency();

    /** Why that node, one word: {@code strong}, {@code replica}, {@code waited}, {@code fallback}, … */
    String reason();

    /** A consistency token: a later read that carries it sees no less than this one did. */
    String token();
}
