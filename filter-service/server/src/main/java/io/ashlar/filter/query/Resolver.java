package io.ashlar.filter.query;

import io.ashlar.authz.plan.Plan;
import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.filter.FilterError;
import io.ashlar.filter.dataset.DatasetRegistry;
import io.ashlar.filter.dsl.CheckedAggregate;
import io.ashlar.filter.dsl.Checker;
import io.ashlar.filter.dsl.Dataset;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.filter.dsl.FaultCode;
import io.ashlar.filter.dsl.Filter;
import io.ashlar.filter.dsl.Query;
import io.ashlar.filter.dsl.QueryReader;
import io.ashlar.filter.peer.Planner;
import io.ashlar.filter.segment.SavedSegments;
import io.ashlar.filter.segment.SegmentSet;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Turns a client's JSON into a {@link Resolution}. Blocking: asks the registry and authz. Thread-safe. */
@Singleton
public final class Resolver {

    private static final QueryReader READER = QueryReader.remembering();
    private static final Checker CHECKER = new Checker();

    private final DatasetRegistry datasets;
    private final Planner planner;
    private final SavedSegments segments;

    Resolver(DatasetRegistry datasets, Planner planner, SavedSegments segments) {
        this.datasets = datasets;
        this.planner = planner;
        this.segments = segments;
    }

    /**
     * Reads, checks and authorizes.
     *
     * @param json at most 64 KiB
     * @param prefix pointer of the query in the request's body
     * @throws ProblemException with every fault of the query
     */
    public Resolution resolve(UUID tenant, String subject, String name, byte[] json, String prefix) {
        return resolve(tenant, subject, name, read(json, prefix), prefix);
    }

    /** As above, of a query that has been {@linkplain #read read}. */
    public Resolution resolve(UUID tenant, String subject, String name, Query query, String prefix) {
        Access access = access(tenant, subject, name);
        SegmentSet saved = segments.of(tenant, subject, name, query.filter());
        Checker checker = new Checker(InstantSource.system(), saved.segments());
        Selection selection = Selection.of(query, access.dataset(), access.hidden(), checker)
                .orElseThrow(faults -> invalid(faults, prefix));
        return new Resolution(access, ClientQuery.of(query, saved.fingerprint()), selection);
    }

    /** As {@link #resolve}, for groups instead of rows: fields that are hidden can be neither grouped by nor measured. */
    public Grouping group(UUID tenant, String subject, String name, Query query, String prefix) {
        Access access = access(tenant, subject, name);
        SegmentSet saved = segments.of(tenant, subject, name, query.filter());
        CheckedAggregate checked = new Checker(InstantSource.system(), saved.segments())
                .checkAggregate(query, access.dataset(), access.visible())
                .orElseThrow(faults -> invalid(faults, prefix));
        return new Grouping(access, query, ClientQuery.hashOfGroups(query, saved.fingerprint()), checked);
    }

    /** As {@link #resolve}, without the dataset: what can be told of the JSON alone. */
    public Query read(byte[] json, String prefix) {
        return READER.read(json).orElseThrow(faults -> unreadable(faults, prefix));
    }

    /** What the subject may read of a dataset, by a plan made now. */
    public Access access(UUID tenant, String subject, String name) {
        Dataset dataset = datasets.require(tenant, name);
        Plan plan = planner.plan(tenant, subject, dataset);
        return Access.of(tenant, subject, dataset, plan, mapped(plan, dataset));
    }

    /** A plan in fields of the dataset. */
    public static Filter mapped(Plan plan, Dataset dataset) {
        return switch (plan) {
            case Plan.All all -> Filter.all();
            case Plan.None none -> Filter.none();
            case Plan.Matching matching ->
                CHECKER.plan(matching.filter(), dataset)
                        .orElseThrow(faults -> unmappable(matching.filter(), dataset, faults));
        };
    }

    private static ProblemException unreadable(List<Fault> faults, String prefix) {
        String code = faults.getFirst().code();
        return switch (code) {
            case FaultCode.BODY_TOO_LARGE ->
                new ProblemException(DoorError.BODY_TOO_LARGE, faults.getFirst().detail(), faults);
            case FaultCode.MALFORMED_JSON ->
                new ProblemException(DoorError.MALFORMED_JSON, "The query cannot be read.", under(prefix, faults));
            default -> invalid(faults, prefix);
        };
    }

    /** All faults of a query at once. */
    public static ProblemException invalid(List<Fault> faults, String prefix) {
        return new ProblemException(
                FilterError.INVALID_FILTER, "The query has " + faults.size() + " faults.", under(prefix, faults));
    }

    /** The policies are at odds with the declaration: never a wider filter, always an error. */
    private static ProblemException unmappable(Filter plan, Dataset dataset, List<Fault> faults) {
        Set<String> missing = new TreeSet<>();
        collectMissing(plan, dataset, missing);
        List<Fault> named = missing.isEmpty()
                ? faults.stream()
                        .map(fault -> new Fault(fault.code(), "", fault.detail()))
                        .distinct()
                        .toList()
                : missing.stream()
                        .map(path -> new Fault(
                                "undeclared_attribute",
                                "",
                                "No field of the dataset declares the attribute " + path + "."))
                        .toList();
        return new ProblemException(
                FilterError.PLAN_UNMAPPABLE,
                "The policies that apply cannot be expressed in the fields of this dataset.",
                named);
    }

    private static void collectMissing(Filter filter, Dataset dataset, Set<String> missing) {
        switch (filter) {
            case Filter.All all -> {}
            case Filter.Segment segment -> {}
            case Filter.Condition condition -> {
                if (dataset.fieldOfCedarAttribute(condition.field()) == null) {
                    missing.add(condition.field());
                }
            }
            case Filter.And(List<Filter> nodes) -> nodes.forEach(node -> collectMissing(node, dataset, missing));
            case Filter.Or(List<Filter> nodes) -> nodes.forEach(node -> collectMissing(node, dataset, missing));
            case Filter.Not(Filter node) -> collectMissing(node, dataset, missing);
        }
    }

    private static List<Fault> under(String prefix, List<Fault> faults) {
        return prefix.isEmpty()
                ? faults
                : faults.stream().map(fault -> fault.under(prefix)).toList();
    }
}
