package io.ashlar.filter.comparison;

import com.fasterxml.jackson.databind.JsonNode;
import io.ashlar.authz.call.Consistency;
import io.ashlar.authz.plan.Plan;
import io.ashlar.authz.plan.PlanChange;
import io.ashlar.authz.plan.PlanDigest;
import io.ashlar.authz.plan.PlanRequest;
import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.filter.comparison.ImpactRequest.Change;
import io.ashlar.filter.dsl.Dataset;
import io.ashlar.filter.dsl.Field;
import io.ashlar.filter.dsl.Filter;
import io.ashlar.filter.dsl.SortKey;
import io.ashlar.filter.impact.ImpactResult;
import io.ashlar.filter.impact.ImpactResult.Decides;
import io.ashlar.filter.impact.ImpactResult.Difference;
import io.ashlar.filter.impact.ImpactResult.Question;
import io.ashlar.filter.peer.Planner;
import io.ashlar.filter.peer.SealedCalls;
import io.ashlar.filter.query.Access;
import io.ashlar.filter.query.Freshness;
import io.ashlar.filter.query.Resolver;
import io.ashlar.filter.seal.SealedQuery;
import io.ashlar.filter.seal.SealedQuery.Operation;
import io.ashlar.router.client.CountAnswer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One comparison of plans. Blocking: asks authz and the router; not thread-safe, for one request. */
final class Comparison {

    private final Planner planner;
    private final SealedCalls router;
    private final Access asker;
    private final long deadlineNanos;
    private Consistency consistency;
    private @Nullable String asOf;

    /**
     * @param asker what whoever asks may read: examples are of these rows only
     * @param deadlineNanos by {@link System#nanoTime()}; no call is begun after it
     */
    Comparison(Planner planner, SealedCalls router, Access asker, Consistency consistency, long deadlineNanos) {
        this.planner = planner;
        this.router = router;
        this.asker = asker;
        this.consistency = Freshness.following(consistency, null, asker.tenant());
        this.deadlineNanos = deadlineNanos;
    }

    ImpactResult of(ImpactRequest request) {
        Instant askedAt = Instant.now().truncatedTo(ChronoUnit.MICROS);
        List<ImpactResult.Subject> subjects = new ArrayList<>();
        for (Change change : request.subjects()) {
            subjects.add(subject(change, request));
        }
        PlanRequest plans = Planner.request(asker.subject(), asker.dataset());
        return new ImpactResult(
                asker.tenant(),
                asker.dataset().name(),
                asker.dataset().version(),
                asker.subject(),
                askedAt,
                asOf,
                new Question(plans.action(), plans.resourceType(), plans.fields()),
                subjects);
    }

    private ImpactResult.Subject subject(Change change, ImpactRequest request) {
        int sample = request.sample();
        Dataset dataset = asker.dataset();
        inTime();
        PlanChange plans = plans(change, request.draft());
        Plan before = plans.before();
        Plan after = plans.after();
        Filter had = Resolver.mapped(before, dataset);
        Filter has = Resolver.mapped(after, dataset);
        return new ImpactResult.Subject(
                change.subject(),
                Access.hash(before),
                Access.hash(after),
                new Decides(PlanDigest.of(before), PlanDigest.of(after)),
                difference(has, had, after, readableOnlyBy(after, before), sample),
                difference(had, has, after, readableOnlyBy(before, after), sample));
    }

    /** As they were given, and for what was not given as authz makes them. */
    private PlanChange plans(Change change, @Nullable String draft) {
        Plan before = change.before();
        Plan after = change.after();
        if (after == null) {
            String named = Objects.requireNonNull(draft, "without a draft a plan is given");
            return planner.planOfDraft(asker.tenant(), asker.subject(), named, change.subject(), asker.dataset());
        }
        return new PlanChange(
                before == null ? planner.plan(asker.tenant(), change.subject(), asker.dataset()) : before, after);
    }

    /** Rows that one plan lets through and the other does not; filters are two-valued, so nothing falls between. */
    private Difference difference(Filter in, Filter out, Plan plan, List<String> fields, int sample) {
        if (in.equals(Filter.none()) || out instanceof Filter.All || in.equals(out)) {
            return new Difference(0, List.of(), fields);
        }
        Filter rows = in.and(out.not());
        inTime();
        CountAnswer count = router.count(sealed(Operation.COUNT, rows, List.of(), List.of(), 0, plan), consistency);
        seen(count.token());
        return new Difference(count.count(), count.count() == 0 ? List.of() : sample(rows, plan, sample), fields);
    }

    /** Keys that whoever asks may read, of rows that they may read. */
    private List<JsonNode> sample(Filter rows, Plan plan, int sample) {
        List<String> key = asker.dataset().key();
        if (sample == 0 || !asker.visible().containsAll(key)) {
            return List.of();
        }
        inTime();
        List<SortKey> sort = key.stream()
                .map(name -> new SortKey(name, SortKey.Direction.ASC))
                .toList();
        var page = router.page(sealed(Operation.PAGE, asker.joined(rows), sort, key, sample, plan), consistency);
        seen(page.token());
        return page.rows();
    }

    private SealedQuery sealed(
            Operation op, Filter filter, List<SortKey> sort, List<String> fields, int limit, Plan plan) {
        return new SealedQuery(
                asker.tenant(),
                asker.subject(),
                op,
                asker.dataset(),
                filter,
                sort,
                limit,
                null,
                fields,
                List.of(),
                null,
                plan.policyVersion(),
                Access.hash(plan));
    }

    /** What follows is never older. */
    private void seen(@Nullable String token) {
        asOf = Freshness.merged(token, consistency.token());
        consistency = Freshness.following(consistency, token, asker.tenant());
    }

    private void inTime() {
        if (System.nanoTime() - deadlineNanos > 0) {
            throw new ProblemException(
                    DoorError.DEADLINE_EXCEEDED, "The comparison took too long; ask for fewer subjects.");
        }
    }

    private List<String> readableOnlyBy(Plan one, Plan other) {
        return asker.dataset().fields().stream()
                .filter(field -> isReadable(field, one) && !isReadable(field, other))
                .map(Field::name)
                .sorted()
                .toList();
    }

    /** Who reads no row reads no value. */
    private static boolean isReadable(Field field, Plan plan) {
        return !(plan instanceof Plan.None) && !plan.masked().contains(field.cedarAttribute());
    }
}
