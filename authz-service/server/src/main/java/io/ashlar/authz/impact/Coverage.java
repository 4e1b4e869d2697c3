package io.ashlar.authz.impact;

import io.ashlar.authz.impact.Evidence.Attached;
import io.ashlar.authz.impact.Standing.Change;
import io.ashlar.authz.impact.Standing.Collector;
import io.ashlar.authz.impact.Standing.Missing;
import io.ashlar.authz.impact.Standing.Result;
import io.ashlar.cedar.EntityUid;
import io.ashlar.filter.impact.ImpactResult;
import io.ashlar.filter.impact.ImpactResult.Decides;
import io.ashlar.filter.impact.ImpactResult.Difference;
import io.ashlar.filter.impact.ImpactResult.Question;
import io.ashlar.filter.impact.ImpactResult.Subject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Lays results over everybody's plans. A result is of two plans, so it shows the same of everybody who has these two; whose plans
 * change and are in no result is missing. Not thread-safe, for one comparison.
 */
final class Coverage {

    /** Anybody whom authz does not know but whose token is of the tenant: what policies give to all, they have. */
    static final String STRANGER = "00000000-0000-0000-0000-000000000000";

    private final UUID tenant;
    private final ImpactTrust trust;
    private final Plans plans;
    private final Runnable inTime;

    private final List<Result> listed = new ArrayList<>();
    private final Map<String, List<ImpactResult>> believed = new HashMap<>();
    private final Collector<Missing> missing = new Collector<>();
    private final Collector<Change> gains = new Collector<>();
    private final Collector<Change> losses = new Collector<>();

    /** @param inTime throws when it has taken too long */
    Coverage(UUID tenant, ImpactTrust trust, Plans plans, Runnable inTime) {
        this.tenant = tenant;
        this.trust = trust;
        this.plans = plans;
        this.inTime = inTime;
    }

    Standing of(Evidence evidence, long edition, boolean narrows) {
        evidence.results().forEach(this::weigh);
        Set<String> datasets = new TreeSet<>(evidence.demand().datasets());
        datasets.addAll(believed.keySet());
        datasets.forEach(this::cover);
        return new Standing(
                evidence.demand().required(),
                narrows,
                edition,
                evidence.digest(),
                List.copyOf(listed),
                missing.some(),
                gains.some(),
                losses.some(),
                evidence.approvals(),
                evidence.isApproved());
    }

    private void weigh(Attached attached) {
        ImpactTrust.Weighed weighed = trust.weigh(tenant, attached.jws());
        ImpactResult result = weighed.result();
        listed.add(new Result(
                attached.id(),
                attached.dataset(),
                result == null ? null : result.datasetVersion(),
                result == null ? null : result.askedBy(),
                result == null ? null : result.askedAt(),
                attached.attachedBy(),
                weighed.isBelieved() ? null : weighed.faults()));
        if (result != null && weighed.isBelieved()) {
            believed.computeIfAbsent(result.dataset(), dataset -> new ArrayList<>())
                    .add(result);
        }
    }

    private void cover(String dataset) {
        List<ImpactResult> results = believed.getOrDefault(dataset, List.of());
        ImpactResult newest = results.stream()
                .max(Comparator.comparing(ImpactResult::askedAt))
                .orElse(null);
        Question question = newest == null ? null : newest.question();
        if (newest == null || question == null) {
            missing.add(new Missing(dataset, null));
            return;
        }
        Map<Decides, Subject> shown = new HashMap<>();
        results.stream()
                // Of another declaration of the dataset: other plans.
                .filter(result ->
                        result.datasetVersion() == newest.datasetVersion() && question.equals(result.question()))
                .sorted(Comparator.comparing(ImpactResult::askedAt))
                .flatMap(result -> result.subjects().stream())
                .forEach(subject -> shown.put(subject.decides(), subject));
        Set<Decides> named = new HashSet<>();
        subjects().forEach(subject -> {
            inTime.run();
            Decides decides = plans.decides(subject, question);
            if (decides.before().equals(decides.after())) {
                return;
            }
            Subject alike = shown.get(decides);
            if (alike == null) {
                if (named.add(decides)) {
                    missing.add(new Missing(dataset, subject));
                }
                return;
            }
            add(gains, subject, dataset, alike, alike.gained());
            add(losses, subject, dataset, alike, alike.lost());
        });
    }

    private static void add(
            Collector<Change> changes, String subject, String dataset, Subject alike, Difference difference) {
        if (!difference.isNothing()) {
            changes.add(new Change(subject, dataset, difference.rows(), difference.fields(), alike.subject()));
        }
    }

    /** Everybody, and whoever is nobody. */
    private Stream<String> subjects() {
        return Stream.concat(
                Stream.of(STRANGER),
                plans.after().principals().all().stream()
                        .map(entity -> entity.uid())
                        .filter(uid -> uid.type().equals("User"))
                        .map(EntityUid::id)
                        .sorted());
    }
}
