package io.ashlar.filter.dsl;

import io.ashlar.filter.dsl.Aggregate.Group;
import io.ashlar.filter.dsl.Aggregate.Measure;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Fits an aggregate to a dataset. Not thread-safe; for one query. */
final class AggregateCheck {

    private final Dataset dataset;
    private final Set<String> names;
    private final Setting setting;
    private final Faults faults;
    private final Path path;
    private final Set<String> outputs = new LinkedHashSet<>();

    AggregateCheck(Dataset dataset, Set<String> names, Setting setting, Faults faults, Path path) {
        this.dataset = dataset;
        this.names = names;
        this.setting = setting;
        this.faults = faults;
        this.path = path;
    }

    Parsed<CheckedAggregate> of(Query query, Aggregate aggregate, Filter filter) {
        int mark = path.enter("aggregate");
        int inner = path.enter("group_by");
        List<Group> groups = new ArrayList<>();
        for (int i = 0; i < aggregate.groupBy().size(); i++) {
            int at = path.enter(i);
            Group group = aggregate.groupBy().get(i);
            boolean fits = group(group, query.tz());
            if (named(group.as()) && fits) {
                groups.add(group);
            }
            path.leave(at);
        }
        path.leave(inner);
        inner = path.enter("measures");
        List<Measure> measures = new ArrayList<>();
        for (int i = 0; i < aggregate.measures().size(); i++) {
            int at = path.enter(i);
            Measure measure = aggregate.measures().get(i);
            boolean fits = measure(measure);
            if (named(measure.as()) && fits) {
                measures.add(measure);
            }
            path.leave(at);
        }
        path.leave(inner);
        if (!faults.none()) {
            // What is left of the outputs would only give rise to faults that are none.
            return Parsed.faulty(faults.found());
        }
        List<Field> columns = CheckedAggregate.outputs(dataset, groups, measures);
        Scope scope = scope(columns);
        inner = path.enter("having");
        FilterCheck check = FilterCheck.ofClient(scope, outputs, setting, faults, path);
        Filter having = aggregate.havingList() && aggregate.having() instanceof Filter.And(List<Filter> nodes)
                ? check.list(nodes)
                : check.node(aggregate.having());
        path.leave(inner);
        path.leave(mark);
        List<SortKey> sort = new SortCheck(scope, outputs, faults, path)
                .of(query, groups.stream().map(Group::as).toList());
        return faults.orOk(new CheckedAggregate(
                filter,
                groups,
                measures,
                query.tz(),
                having,
                sort,
                query.page().limit(),
                query.page().cursor(),
                columns));
    }

    private static Scope scope(List<Field> columns) {
        return name -> columns.stream()
                .filter(field -> field.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private boolean group(Group group, String tz) {
        Field field = field(group.field());
        if (field == null) {
            return false;
        }
        CalendarUnit bucket = group.bucket();
        if (bucket == null) {
            if (!field.type().isGroupable()) {
                faults.add(FaultCode.NOT_GROUPABLE, path.at("field"), "Rows cannot be grouped by this field.");
            }
            return field.type().isGroupable();
        }
        if (field.type() == FieldType.DATE && bucket.isCalendar()) {
            return true;
        }
        if (field.type() != FieldType.TIMESTAMP) {
            faults.add(
                    FaultCode.VALUE_INVALID,
                    path.at("bucket"),
                    field.type() == FieldType.DATE ? "A date has no hours." : "Only times fall into buckets.");
            return false;
        }
        if (!isKnownEverywhere(tz)) {
            faults.add(
                    FaultCode.UNKNOWN_TIME_ZONE,
                    "/tz",
                    "Buckets need the name of a region, such as America/Chicago, or UTC.");
            return false;
        }
        return true;
    }

    /** Stores read {@code +05:00} in two opposite ways; regions they read alike. */
    private static boolean isKnownEverywhere(String tz) {
        boolean region = tz.indexOf('/') > 0 && !tz.startsWith("SystemV/");
        return tz.equals("UTC") || (region && ZoneId.getAvailableZoneIds().contains(tz));
    }

    private boolean measure(Measure measure) {
        String name = measure.field();
        if (name == null) {
            return true;
        }
        Field field = field(name);
        if (field != null && !measure.fn().takes(field.type())) {
            faults.add(
                    FaultCode.NOT_MEASURABLE,
                    path.at("fn"),
                    "There is no " + measure.fn().wire() + " of a "
                            + field.type().wire() + ".");
            return false;
        }
        return field != null;
    }

    private boolean named(String as) {
        if (!outputs.add(as)) {
            faults.add(
                    FaultCode.DUPLICATE_VALUE,
                    path.toString(),
                    "Something else of the answer has the name " + as + " already; give another one as \"as\".");
            return false;
        }
        return true;
    }

    private @Nullable Field field(String name) {
        Field field = dataset.field(name);
        if (field == null || !names.contains(name)) {
            Checker.unknown(faults, path.at("field"), name, names);
            return null;
        }
        return field;
    }
}
