package io.ashlar.authz.shadow;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts differences by what they have in common, within bounds. Thread-safe. */
final class DifferenceLog {

    private final ShadowOptions bounds;
    private final Clock clock;
    private final Instant since;
    private final LongAdder compared = new LongAdder();
    private final LongAdder equal = new LongAdder();
    private final LongAdder skipped = new LongAdder();
    private final LongAdder ungrouped = new LongAdder();
    private final Map<Key, Tally> tallies = new HashMap<>();

    DifferenceLog(ShadowOptions bounds, Clock clock) {
        this.bounds = bounds;
        this.clock = clock;
        this.since = clock.instant();
    }

    private record Key(Difference.Kind kind, String action, String resourceType, List<String> policies) {}

    private static final class Tally {
        private final Instant firstAt;
        private final List<Difference> samples = new ArrayList<>();
        private Instant lastAt;
        private long count;

        private Tally(Instant at) {
            this.firstAt = at;
            this.lastAt = at;
        }
    }

    void skipped() {
        skipped.increment();
    }

    void same() {
        compared.increment();
        equal.increment();
    }

    void differed(Difference difference) {
        compared.increment();
        Key key = new Key(difference.kind(), difference.action(), difference.resourceType(), difference.policies());
        synchronized (tallies) {
            Tally tally = tallies.get(key);
            if (tally == null) {
                if (tallies.size() >= bounds.groupsMax()) {
                    ungrouped.increment();
                    return;
                }
                tally = new Tally(difference.at());
                tallies.put(key, tally);
            }
            tally.count++;
            tally.lastAt = difference.at();
            if (tally.samples.size() < bounds.samplesMax()) {
                tally.samples.add(difference);
            }
        }
    }

    DifferenceReport report(int newPercent) {
        List<DifferenceReport.Group> groups = new ArrayList<>();
        synchronized (tallies) {
            tallies.forEach((key, tally) -> groups.add(new DifferenceReport.Group(
                    key.kind(),
                    key.action(),
                    key.resourceType(),
                    key.policies(),
                    tally.count,
                    tally.firstAt,
                    tally.lastAt,
                    tally.samples)));
        }
        groups.sort(Comparator.comparingLong(DifferenceReport.Group::count)
                .reversed()
                .thenComparing(DifferenceReport.Group::kind)
                .thenComparing(DifferenceReport.Group::action)
                .thenComparing(DifferenceReport.Group::resourceType)
                .thenComparing(group -> String.join(",", group.policies())));
        return new DifferenceReport(
                since,
                clock.instant(),
                newPercent,
                compared.sum(),
                equal.sum(),
                skipped.sum(),
                ungrouped.sum(),
                groups);
    }
}
