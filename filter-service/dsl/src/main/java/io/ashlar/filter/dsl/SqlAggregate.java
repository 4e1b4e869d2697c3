package io.ashlar.filter.dsl;

import io.ashlar.filter.dsl.Aggregate.Group;
import io.ashlar.filter.dsl.Aggregate.Measure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Aggregates as three selects: {@code r} has the rows with what is grouped by and measured, {@code g} the groups, and
 * {@code t}, outermost, is filtered, ordered and paged by the same templates as any relation. So no expression with a
 * bound value is repeated in a GROUP BY, where two placeholders would be two expressions. Not thread-safe; for one
 * statement.
 */
final class SqlAggregate {

    private final CheckedAggregate aggregate;
    private final Dataset dataset;
    private final SqlText out;

    SqlAggregate(AggregateSpec spec, SqlText out) {
        this.aggregate = spec.aggregate();
        this.dataset = spec.rows().dataset();
        this.out = out;
    }

    /** The share of a percentile, as every store takes it. */
    static Object share(Measure measure) {
        if (measure.p() == null) {
            throw new IllegalArgumentException("a percentile without its share");
        }
        return measure.p().doubleValue();
    }

    void write(AggregateSpec spec) {
        Scope outputs = aggregate.scope();
        out.sql("SELECT ");
        for (int i = 0; i < aggregate.outputs().size(); i++) {
            out.sql(i == 0, "t.", ", t.").name(aggregate.outputs().get(i).name());
        }
        out.sql(" FROM (SELECT ");
        groups();
        measures();
        out.sql(" FROM (SELECT ");
        rows();
        new SqlRows(spec.rows(), aggregate.fields(), out).write();
        out.sql(") AS r");
        groupBy();
        out.sql(") AS t WHERE ");
        new SqlFilter(outputs, out).write(aggregate.having());
        SqlKeyset keyset = new SqlKeyset(outputs, aggregate.sort(), out);
        List<@Nullable Literal> position = spec.position();
        if (position != null) {
            out.sql(" AND ");
            keyset.after(position);
        }
        keyset.orderBy();
        out.sql(" LIMIT ").bind(FieldType.INT64, aggregate.limit() + 1L);
    }

    private void rows() {
        int column = 0;
        boolean first = true;
        for (Group group : aggregate.groups()) {
            Field field = dataset.require(group.field());
            out.sql(first, "", ", ");
            if (group.bucket() == null) {
                out.dialect().compared(out, field);
            } else {
                out.dialect().bucket(out, field, group.bucket(), aggregate.tz());
            }
            out.sql(" AS ").name(column(column++));
            first = false;
        }
        for (Measure measure : aggregate.measures()) {
            if (measure.field() != null) {
                Field field = dataset.require(measure.field());
                out.sql(first, "", ", ");
                if (field.type().isText()) {
                    out.dialect().compared(out, field);
                } else {
                    out.dialect().selected(out, field);
                }
                out.sql(" AS ").name(column(column));
                first = false;
            }
            column++;
        }
        out.sql(first, "1 AS one", "");
    }

    private void groups() {
        for (int i = 0; i < aggregate.groups().size(); i++) {
            out.sql(i == 0, "r.", ", r.").name(column(i)).sql(" AS ");
            out.name(aggregate.groups().get(i).as());
        }
    }

    private void measures() {
        int column = aggregate.groups().size();
        for (Measure measure : aggregate.measures()) {
            out.sql(column == 0, "", ", ");
            FieldType type = measure.field() == null
                    ? null
                    : dataset.require(measure.field()).type();
            out.dialect().measure(out, measure, type, column(column++));
            out.sql(" AS ").name(measure.as());
        }
    }

    private void groupBy() {
        for (int i = 0; i < aggregate.groups().size(); i++) {
            out.sql(i == 0, " GROUP BY r.", ", r.").name(column(i));
        }
    }

    private static String column(int number) {
        return "c" + number;
    }
}
