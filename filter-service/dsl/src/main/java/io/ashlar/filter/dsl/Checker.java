package io.ashlar.filter.dsl;

import io.ashlar.filter.dsl.SortKey.Direction;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Fits queries and plans to a dataset: looks names up, types constants, completes the order. A field that the caller
 * may not see is answered exactly as one that does not exist. Thread-safe.
 */
public final class Checker {

    public Checker() {}

    /**
     * The query in the dataset's terms, or all faults with pointers into the client's JSON.
     *
     * @param visibleFields names of the fields that the caller may filter by, sort by and read
     */
    public Parsed<CheckedQuery> check(Query query, Dataset dataset, Set<String> visibleFields) {
        Faults faults = new Faults();
        Path path = new Path();
        Set<String> names = new HashSet<>();
        dataset.fields().stream()
                .map(Field::name)
                .filter(visibleFields::contains)
                .forEach(names::add);
        FilterCheck filters = FilterCheck.ofClient(dataset, names, ZoneId.of(query.tz()), faults, path);
        int mark = path.enter("filters");
        Filter filter = query.form().filterList() && query.filter() instanceof Filter.And(List<Filter> nodes)
                ? filters.list(nodes)
                : filters.node(query.filter());
        path.leave(mark);
        List<SortKey> sort = sort(query, dataset, names, faults, path);
        List<String> fields = fields(query, dataset, names, faults, path);
        if (fields.isEmpty()) {
            faults.add(FaultCode.UNKNOWN_FIELD, "", "No field of the dataset is left to be read.");
        }
        return faults.orOk(new CheckedQuery(
                filter, sort, query.page().limit(), query.page().cursor(), fields));
    }

    /**
     * A plan, whose fields are Cedar attribute paths, in the dataset's terms. No limit, visibility or operator list
     * applies: a policy may speak of what a caller may not see. What does not fit is a fault, never a wider filter.
     */
    public Parsed<Filter> plan(Filter plan, Dataset dataset) {
        Faults faults = new Faults();
        Filter filter = FilterCheck.ofPlan(dataset, faults, new Path()).node(plan);
        return faults.orOk(filter);
    }

    private static List<SortKey> sort(Query query, Dataset dataset, Set<String> names, Faults faults, Path path) {
        List<SortKey> sort = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        int mark = path.enter("sort");
        for (int i = 0; i < query.sort().size(); i++) {
            SortKey key = query.sort().get(i);
            int inner =
                    query.form().sortList() ? path.enter(i) : path.toString().length();
            if (!names.contains(key.field())) {
                unknown(faults, path.at("field"), key.field(), names);
            } else if (!seen.add(key.field())) {
                faults.add(FaultCode.DUPLICATE_VALUE, path.at("field"), "The rows are sorted by this field already.");
            } else {
                sort.add(key);
            }
            path.leave(inner);
        }
        path.leave(mark);
        // The tie-break runs the way of the last key, so that one index can be read in one direction.
        Direction dir = sort.isEmpty() ? Direction.ASC : sort.getLast().dir();
        for (String part : dataset.key()) {
            if (seen.add(part)) {
                sort.add(new SortKey(part, dir));
            }
        }
        return sort;
    }

    private static List<String> fields(Query query, Dataset dataset, Set<String> names, Faults faults, Path path) {
        if (query.fields().isEmpty()) {
            return dataset.fields().stream()
                    .map(Field::name)
                    .filter(names::contains)
                    .toList();
        }
        Set<String> seen = new HashSet<>();
        int mark = path.enter("fields");
        for (int i = 0; i < query.fields().size(); i++) {
            String name = query.fields().get(i);
            int inner = path.enter(i);
            if (!names.contains(name)) {
                unknown(faults, path.toString(), name, names);
            } else if (!seen.add(name)) {
                faults.add(FaultCode.DUPLICATE_VALUE, path.toString(), "The field is named twice.");
            }
            path.leave(inner);
        }
        path.leave(mark);
        return query.fields();
    }

    static void unknown(Faults faults, String pointer, String said, Set<String> names) {
        faults.add(new Fault(
                FaultCode.UNKNOWN_FIELD,
                pointer,
                "The dataset has no such field.",
                null,
                Suggestion.nearest(said, names)));
    }
}
