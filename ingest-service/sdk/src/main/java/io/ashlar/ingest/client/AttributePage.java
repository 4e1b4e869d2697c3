package io.ashlar.ingest.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of attributes by name; {@code nextCursor} is absent on the last one. */
public record AttributePage(
        List<Attribute> attributes, @Nullable String nextCursor) {
    public AttributePage {
        attributes = List.copyOf(attributes);
    }
}
