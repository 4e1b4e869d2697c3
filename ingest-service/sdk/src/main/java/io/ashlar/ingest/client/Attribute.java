package io.ashlar.ingest.client;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A declared attribute.
 *
 * @param name its name, never changed
 * @param kind {@code string}, {@code bool}, {@code int64}, {@code double} or {@code timestamp}
 * @param hot whether its latest value is kept in the hot projection
 * @param createdAt when it was declared
 * @param id its number in rows, by which a dataset names it; null from a service that does not tell it
 */
public record Attribute(
        String name,
        String kind,
        boolean hot,
        @Nullable Instant createdAt,
        @Nullable Integer id) {}
