package io.ashlar.filter.segment;

import io.ashlar.filter.dataset.Dependents;
import io.ashlar.filter.dsl.Dataset;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.filter.dsl.Field;
import io.ashlar.filter.segment.SegmentStore.Scope;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Says which segments a change of their dataset would break: those of the caller, and the shared ones. */
@Singleton
final class SegmentDependents implements Dependents {

    /** More than anybody mends at once. */
    private static final int NAMED_MAX = 50;

    private final SegmentStore store;

    SegmentDependents(SegmentStore store) {
        this.store = store;
    }

    @Override
    public List<Fault> brokenBy(UUID tenant, String subject, Dataset present, Dataset next) {
        List<SavedSegment> known = store.all(new Scope(tenant, present.name(), subject));
        List<Fault> broken = new ArrayList<>();
        for (SavedSegment segment : known) {
            if (broken.size() == NAMED_MAX) {
                break;
            }
            List<Fault> faults = faults(segment, next, known);
            // What did not fit before is not this change's doing.
            if (!faults.isEmpty() && faults(segment, present, known).isEmpty()) {
                Fault first = faults.getFirst();
                broken.add(new Fault(
                        "segment_breaks",
                        "/fields",
                        "The segment " + segment.content().name() + " (" + segment.id() + ", of " + segment.owner()
                                + ") would not fit: " + first.detail() + " At " + first.pointer() + "."));
            }
        }
        return broken;
    }

    /** As somebody who may see every field. */
    private static List<Fault> faults(SavedSegment segment, Dataset dataset, List<SavedSegment> known) {
        Set<String> all = dataset.fields().stream().map(Field::name).collect(Collectors.toSet());
        return SegmentRules.of(segment.id(), segment.content(), dataset, all, known)
                .faults();
    }
}
