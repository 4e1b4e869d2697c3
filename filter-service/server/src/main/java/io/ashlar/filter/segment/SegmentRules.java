package io.ashlar.filter.segment;

import io.ashlar.filter.dsl.Checker;
import io.ashlar.filter.dsl.Dataset;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.filter.dsl.FaultCode;
import io.ashlar.filter.dsl.Filter;
import io.ashlar.filter.dsl.PageRequest;
import io.ashlar.filter.dsl.Parsed;
import io.ashlar.filter.dsl.Query;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether a segment may be saved: its filter fits the dataset as its writer sees it, it leads back to itself on no way, it is
 * not deeper than a query can use, and what everybody may use speaks of nothing that only one may.
 *
 * @param id null for one that is new
 * @param visible fields that the writer may see
 * @param known the segments that can be reached and that the writer may use
 */
record SegmentRules(
        @Nullable UUID id,
        SegmentContent content,
        Dataset dataset,
        Set<String> visible,
        Map<UUID, SavedSegment> known) {

    /** Code of a fault: it would stand in itself. */
    static final String CYCLE = "segment_cycle";

    /** Code of a fault: others could not use what it speaks of. */
    static final String NOT_SHARED = "segment_not_shared";

    /** As deep as a query may go: the segment itself, and three inside one another. */
    private static final int MAX_DEPTH = 4;

    private static final PageRequest ANY_PAGE = new PageRequest(1, null);

    static SegmentRules of(
            @Nullable UUID id,
            SegmentContent content,
            Dataset dataset,
            Set<String> visible,
            Collection<SavedSegment> known) {
        return new SegmentRules(
                id, content, dataset, visible, known.stream().collect(Collectors.toMap(SavedSegment::id, s -> s)));
    }

    /** Every reason not to save it; pointers under {@code /filter}. */
    List<Fault> faults() {
        Map<String, Fault> references = new HashMap<>();
        references(content.filter(), "/filter", references);
        List<Fault> faults = new ArrayList<>(references.values());
        faults.sort(java.util.Comparator.comparing(Fault::pointer));
        Query query = new Query(content.filter(), List.of(), ANY_PAGE, List.of(), Query.DEFAULT_TZ);
        if (new Checker(InstantSource.system(), this::find).check(query, dataset, visible)
                instanceof Parsed.Faulty<?>(List<Fault> found)) {
            found.stream()
                    .map(fault -> fault.moved(SegmentRules::underFilter))
                    .filter(fault -> !references.containsKey(fault.pointer()))
                    .forEach(faults::add);
        }
        return faults;
    }

    /** The checker's {@code /filters} is {@code /filter} here. */
    static String underFilter(String pointer) {
        return pointer.startsWith("/filters") ? "/filter" + pointer.substring("/filters".length()) : pointer;
    }

    private @Nullable Filter find(String text) {
        UUID wanted = SegmentContent.id(text);
        if (wanted == null) {
            return null;
        }
        SavedSegment found = known.get(wanted);
        return found == null ? null : found.content().filter();
    }

    private void references(Filter filter, String pointer, Map<String, Fault> found) {
        switch (filter) {
            case Filter.All all -> {}
            case Filter.Condition condition -> {}
            case Filter.And(List<Filter> nodes) -> references(nodes, pointer + "/and/", found);
            case Filter.Or(List<Filter> nodes) -> references(nodes, pointer + "/or/", found);
            case Filter.Not(Filter node) -> references(node, pointer + "/not", found);
            case Filter.Segment(String text) -> {
                Fault fault = reference(SegmentContent.id(text), pointer + "/segment");
                if (fault != null) {
                    found.put(fault.pointer(), fault);
                }
            }
        }
    }

    private void references(List<Filter> nodes, String pointer, Map<String, Fault> found) {
        for (int i = 0; i < nodes.size(); i++) {
            references(nodes.get(i), pointer + i, found);
        }
    }

    /** What the checker says of it anyway is not said here. */
    private @Nullable Fault reference(@Nullable UUID to, String pointer) {
        SavedSegment used = to == null ? null : known.get(to);
        if (to == null || used == null) {
            return null;
        }
        if (reaches(to, new HashSet<>())) {
            return new Fault(CYCLE, pointer, "The segment would stand in itself.");
        }
        if (depth(to, 1) >= MAX_DEPTH) {
            return new Fault(
                    FaultCode.SEGMENT_INVALID, pointer, "Segments may stand in segments " + MAX_DEPTH + " deep.");
        }
        if (content.shared() == Sharing.TENANT && !used.isShared()) {
            return new Fault(NOT_SHARED, pointer, "A shared segment may only speak of segments that are shared too.");
        }
        return null;
    }

    private boolean reaches(UUID from, Set<UUID> seen) {
        if (from.equals(id)) {
            return true;
        }
        SavedSegment segment = known.get(from);
        return seen.add(from) && segment != null && segment.uses().stream().anyMatch(used -> reaches(used, seen));
    }

    /** Segments inside one another from here on, as far as it matters. */
    private int depth(UUID from, int sofar) {
        SavedSegment segment = known.get(from);
        if (segment == null || sofar >= MAX_DEPTH) {
            return sofar;
        }
        return segment.uses().stream()
                .mapToInt(used -> known.containsKey(used) ? depth(used, sofar + 1) : sofar)
                .max()
                .orElse(sofar);
    }
}
