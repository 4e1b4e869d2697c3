package io.ashlar.filter.dsl;

import io.ashlar.filter.dsl.Aggregate.Group;
import io.ashlar.filter.dsl.Aggregate.Measure;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An aggregate that fits a dataset, ready to be joined with a plan and compiled.
 *
 * @param filter of rows, before they are grouped
 * @param tz of buckets: a name that every store knows
 * @param having over {@code outputs}
 * @param sort total over the groups: ends with every group that it did not name
 * @param outputs the answer's columns: groups, then measures
 */
public record CheckedAggregate(
        Filter filter,
        List<Group> groups,
        List<Measure> measures,
        String tz,
        Filter having,
        List<SortKey> sort,
        int limit,
        @Nullable String cursor,
        List<Field> outputs) {

    public CheckedAggregate {
        groups = List.copyOf(groups);
        measures = List.copyOf(measures);
        sort = List.copyOf(sort);
        outputs = List.copyOf(outputs);
    }

    public CheckedAggregate and(Filter plan) {
        return new CheckedAggregate(filter.and(plan), groups, measures, tz, having, sort, limit, cursor, outputs);
    }

    /** Names of the dataset's fields that are read, but for the filter's. */
    Set<String> fields() {
        Set<String> names = new LinkedHashSet<>();
        groups.forEach(group -> names.add(group.field()));
        measures.stream().map(Measure::field).filter(java.util.Objects::nonNull).forEach(names::add);
        return names;
    }

    /** What the names of the answer stand for. */
    Scope scope() {
        return name -> outputs.stream()
                .filter(field -> field.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** The answer's columns, as the aggregate of this dataset has them. */
    static List<Field> outputs(Scope dataset, List<Group> groups, List<Measure> measures) {
        List<Field> outputs = new ArrayList<>();
        for (Group group : groups) {
            Field field = dataset.require(group.field());
            boolean days = group.bucket() != null && group.bucket().isCalendar();
            FieldType type = days ? FieldType.DATE : field.type() == FieldType.ENUM ? FieldType.STRING : field.type();
            Field output = new Field(group.as(), type, new Source.Column(group.as()));
            outputs.add(field.nullable() ? output : output.notNull());
        }
        for (Measure measure : measures) {
            String of = measure.field();
            FieldType type = of == null
                    ? FieldType.INT64
                    : measure.fn().of(dataset.require(of).type());
            Field output = new Field(measure.as(), type, new Source.Column(measure.as()));
            outputs.add(measure.fn().isCount() ? output.notNull() : output);
        }
        return outputs;
    }
}
