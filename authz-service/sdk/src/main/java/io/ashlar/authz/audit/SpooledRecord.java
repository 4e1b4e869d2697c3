package io.ashlar.authz.audit;

import java.time.Instant;

/**
 * What comes out of the spool.
 *
 * @param record what was handed in (by the first, where several were merged)
 * @param count how many equal records this one stands for, 1 or more
 * @param first when the first was handed in, in microseconds
 * @param last when the last was handed in
 */
public record SpooledRecord(SpoolRecord record, long count, Instant first, Instant last) {}
