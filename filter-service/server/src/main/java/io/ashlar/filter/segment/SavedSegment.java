package io.ashlar.filter.segment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ashlar.filter.dsl.Filter;
import io.ashlar.filter.dsl.FilterJson;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A segment as it stands.
 *
 * @param version counts the changes from 1
 * @param owner the {@code sub} of who made it
 * @param createdAt microseconds
 * @param updatedAt microseconds
 */
record SavedSegment(
        UUID id,
        String dataset,
        long version,
        String owner,
        SegmentContent content,
        List<UUID> uses,
        Instant createdAt,
        Instant updatedAt) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final FilterJson FILTERS = new FilterJson();

    SavedSegment {
        uses = List.copyOf(uses);
    }

    static SavedSegment of(SegmentRow row) {
        Sharing shared = Sharing.ofWire(row.shared);
        if (shared == null) {
            throw new IllegalStateException("segment " + row.id.id() + " is shared in a way that is not known");
        }
        SegmentContent content = new SegmentContent(row.name, row.description, shared, filter(row));
        return new SavedSegment(
                row.id.id(),
                row.id.dataset(),
                row.version,
                row.owner,
                content,
                List.of(row.uses),
                row.createdAt,
                row.updatedAt);
    }

    boolean isShared() {
        return content.shared() == Sharing.TENANT;
    }

    /** The strong entity tag. */
    String etag() {
        return '"' + Long.toString(version) + '"';
    }

    private static Filter filter(SegmentRow row) {
        try {
            return FILTERS.read(JSON.readTree(row.filter))
                    .orElseThrow(faults ->
                            new IllegalStateException("segment " + row.id.id() + " cannot be read: " + faults));
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("segment " + row.id.id() + " is no JSON", broken);
        }
    }
}
