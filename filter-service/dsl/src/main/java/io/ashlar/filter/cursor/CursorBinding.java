package io.ashlar.filter.cursor;

import java.util.UUID;

/**
 * What a cursor belongs to; it opens for nothing else.
 *
 * @param version the dataset's
 * @param queryHash of what the client asked, without limit and cursor
 */
public record CursorBinding(UUID tenant, String dataset, long version, String queryHash) {}
