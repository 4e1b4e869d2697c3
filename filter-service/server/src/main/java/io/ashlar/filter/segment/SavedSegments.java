package io.ashlar.filter.segment;

import io.ashlar.filter.dsl.Filter;
import io.ashlar.filter.segment.SegmentStore.Scope;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the segments of a query stand for. Blocking: asks the database, once for a query, and not where it speaks of none. */
@Singleton
public final class SavedSegments {

    private final SegmentStore store;

    SavedSegments(SegmentStore store) {
        this.store = store;
    }

    /** The segments of a filter, and those inside them, as far as the subject may use them. */
    public SegmentSet of(UUID tenant, String subject, String dataset, Filter filter) {
        Set<UUID> used = SegmentContent.used(filter);
        if (used.isEmpty()) {
            return SegmentSet.NONE;
        }
        List<SavedSegment> reached = store.reached(new Scope(tenant, dataset, subject), used);
        Map<String, Filter> filters = reached.stream()
                .collect(Collectors.toMap(segment -> segment.id().toString(), segment -> segment.content()
                        .filter()));
        return new SegmentSet(filters::get, fingerprint(reached));
    }

    /** Ordered by id. Names and descriptions do not count: a page that follows another is the same query still. */
    private static String fingerprint(List<SavedSegment> reached) {
        Function<SavedSegment, String> line =
                segment -> segment.id() + " " + segment.content().filter().json() + "\n";
        return reached.stream().map(line).collect(Collectors.joining());
    }
}
