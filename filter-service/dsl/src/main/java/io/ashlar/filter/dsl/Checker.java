package io.ashlar.filter.dsl;

import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Fits queries and plans to a dataset: looks names up, types constants, completes the order. A field that the caller
 * may not see is answered exactly as one that does not exist. Thread-safe if its clock and segments are.
 */
public final class Checker {

    private final InstantSource clock;
    private final Segments segments;

    /** With the system's clock, and without segments. */
    public Checker() {
        this(InstantSource.system(), Segments.NONE);
    }

    /** @param clock what relative periods are relative to */
    public Checker(InstantSource clock, Segments segments) {
        this.clock = clock;
        this.segments = segments;
    }

    /**
     * The query for rows in the dataset's terms, or all faults with pointers into the client's JSON.
     *
     * @param visibleFields names of the fields that the caller may filter by, sort by and read
     */
    public Parsed<CheckedQuery> check(Query query, Dataset dataset, Set<String> visibleFields) {
        Faults faults = new Faults();
        Path path = new Path();
        Set<String> names = new VisibleNames(dataset, visibleFields);
        if (query.aggregate() != null) {
            faults.add(FaultCode.MISPLACED_KEY, "/aggregate", "Rows are asked for here, not groups of them.");
        }
        Filter filter = filter(query, dataset, names, faults, path);
        List<SortKey> sort = new SortCheck(dataset, names, faults, path).of(query, dataset.key());
        List<String> fields = fields(query, dataset, visibleFields, faults, path);
        if (fields.isEmpty()) {
            faults.add(FaultCode.UNKNOWN_FIELD, "", "No field of the dataset is left to be read.");
        }
        return faults.orOk(new CheckedQuery(
                filter, sort, query.page().limit(), query.page().cursor(), fields));
    }

    /** The query for groups in the dataset's terms, or all faults with pointers into the client's JSON. */
    public Parsed<CheckedAggregate> checkAggregate(Query query, Dataset dataset, Set<String> visibleFields) {
        Faults faults = new Faults();
        Path path = new Path();
        Set<String> names = new VisibleNames(dataset, visibleFields);
        if (!query.fields().isEmpty()) {
            Fault fault = new Fault(
                    FaultCode.MISPLACED_KEY, "/fields", "Groups have what group_by and measures name, no fields.");
            faults.add(fault.withFix(JsonPatch.remove("/fields")));
        }
        if (query.page().count() != PageRequest.Count.NONE) {
            Fault fault =
                    new Fault(FaultCode.MISPLACED_KEY, "/page/count", "Groups are not counted, but read to the end.");
            faults.add(fault.withFix(JsonPatch.remove("/page/count")));
        }
        Filter filter = filter(query, dataset, names, faults, path);
        Aggregate aggregate = query.aggregate();
        if (aggregate == null) {
            faults.add(FaultCode.MISSING_KEY, "", "The key \"aggregate\" is missing.");
            return Parsed.faulty(faults.found());
        }
        return new AggregateCheck(dataset, names, setting(query), faults, path).of(query, aggregate, filter);
    }

    /**
     * A plan, whose fields are Cedar attribute paths, in the dataset's terms. No limit, visibility or operator list
     * applies: a policy may speak of what a caller may not see. What does not fit is a fault, never a wider filter.
     */
    public Parsed<Filter> plan(Filter plan, Dataset dataset) {
        Faults faults = new Faults();
        Setting setting = new Setting(ZoneOffset.UTC, clock.instant(), Segments.NONE);
        Filter filter = FilterCheck.ofPlan(dataset, setting, faults, new Path()).node(plan);
        return faults.orOk(filter);
    }

    private Setting setting(Query query) {
        return new Setting(Zones.of(query.tz()), clock.instant(), segments);
    }

    private Filter filter(Query query, Dataset dataset, Set<String> names, Faults faults, Path path) {
        FilterCheck filters = FilterCheck.ofClient(dataset, names, setting(query), faults, path);
        int mark = path.enter("filters");
        Filter filter = query.form().filterList() && query.filter() instanceof Filter.And(List<Filter> nodes)
                ? filters.list(nodes)
                : filters.node(query.filter());
        path.leave(mark);
        return filter;
    }

    private static List<String> fields(
            Query query, Dataset dataset, Set<String> visibleFields, Faults faults, Path path) {
        if (query.fields().isEmpty()) {
            List<String> all = new ArrayList<>(dataset.fields().size());
            for (Field field : dataset.fields()) {
                if (visibleFields.contains(field.name())) {
                    all.add(field.name());
                }
            }
            return all;
        }
        Set<String> names = new VisibleNames(dataset, visibleFields);
        Set<String> seen = new HashSet<>();
        int mark = path.enter("fields");
        for (int i = 0; i < query.fields().size(); i++) {
            String name = query.fields().get(i);
            int inner = path.enter(i);
            if (!names.contains(name)) {
                unknown(faults, path.toString(), name, names);
            } else if (!seen.add(name)) {
                Fault fault = new Fault(FaultCode.DUPLICATE_VALUE, path.toString(), "The field is named twice.");
                faults.add(fault.withFix(JsonPatch.remove(path.toString())));
            }
            path.leave(inner);
        }
        path.leave(mark);
        return query.fields();
    }

    static void unknown(Faults faults, String pointer, String said, Set<String> names) {
        Fault fault = new Fault(
                FaultCode.UNKNOWN_FIELD,
                pointer,
                "The dataset has no such field.",
                null,
                Suggestion.nearest(said, names));
        String sure = Suggestion.certain(said, names);
        faults.add(sure == null ? fault : fault.withFix(JsonPatch.replace(pointer, sure)));
    }
}
