package io.ashlar.ingest.attribute;

import io.ashlar.ingest.event.AttributeKind;
import java.time.Instant;

/**
 * An attribute of one tenant.
 *
 * @param attributeId its number on the log and in rows
 * @param updatedAt microseconds; its version
 */
public record DeclaredAttribute(
        int attributeId, String name, AttributeKind kind, boolean hot, Instant createdAt, Instant updatedAt) {}
