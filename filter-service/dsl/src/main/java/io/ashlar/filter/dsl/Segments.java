package io.ashlar.filter.dsl;

import org.jspecify.annotations.Nullable;

/** Stored filters by their ids. What the caller may not use is not there. */
@FunctionalInterface
public interface Segments {

    /** No segment at all. */
    Segments NONE = id -> null;

    /** The filter as its owner wrote it, or null. */
    @Nullable Filter find(String id);
}
