package io.ashlar.filter.dsl;

import java.util.ArrayList;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.SelectConditionStep;
import org.jooq.SelectFieldOrAsterisk;
import org.jooq.impl.CustomField;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * Compiles checked operations for PostgreSQL 17 or later. The first condition of every statement is the tenant's, the
 * second the dataset's prefix. Values are always bound; names are quoted and were checked when the dataset was made. An
 * operation that does not fit its dataset is an {@link IllegalArgumentException}: what comes here was checked before.
 * Thread-safe.
 */
public final class SqlCompiler {

    static {
        // jOOQ greets on the console otherwise.
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
    }

    // The defaults are what is wanted: names made by DSL.name are quoted always, nothing is formatted.
    private final DSLContext dsl = DSL.using(SQLDialect.POSTGRES);

    public SqlCompiler() {}

    /** Up to {@code limit + 1} rows after the position. */
    public Statement page(PageSpec spec) {
        Dataset dataset = spec.rows().dataset();
        SqlParts parts = new SqlParts();
        Projection projection = new Projection(dataset);
        spec.fields().forEach(projection::release);
        List<Integer> position =
                spec.sort().stream().map(key -> projection.indexOf(key.field())).toList();
        SqlKeyset keyset = new SqlKeyset(dataset, parts);
        SelectConditionStep<Record> select = from(projection.selected, spec.rows(), parts);
        if (spec.position() != null) {
            select = select.and(keyset.after(spec.sort(), spec.position()));
        }
        org.jooq.Field<Object> limit = parts.bind("bigint", spec.limit() + 1L);
        // FETCH takes a parameter or an expression in parentheses.
        org.jooq.Field<Long> rows = CustomField.of(
                "limit", SQLDataType.BIGINT, ctx -> ctx.sql("(").visit(limit).sql(")"));
        String sql = dsl.render(select.orderBy(keyset.orderBy(spec.sort())).limit(rows));
        return new Statement(
                sql, parts.binds(), projection.columns, spec.fields().size(), position);
    }

    /** All rows in the given order. */
    public Statement stream(StreamSpec spec) {
        Dataset dataset = spec.rows().dataset();
        SqlParts parts = new SqlParts();
        Projection projection = new Projection(dataset);
        spec.fields().forEach(projection::release);
        SelectConditionStep<Record> select = from(projection.selected, spec.rows(), parts);
        String sql = spec.sort().isEmpty()
                ? dsl.render(select)
                : dsl.render(select.orderBy(new SqlKeyset(dataset, parts).orderBy(spec.sort())));
        return new Statement(
                sql, parts.binds(), projection.columns, spec.fields().size(), List.of());
    }

    /** One row, one column {@code count}. */
    public Statement count(RowScope rows) {
        SqlParts parts = new SqlParts();
        List<SelectFieldOrAsterisk> selected = List.of(DSL.count().as("count"));
        String sql = dsl.render(from(selected, rows, parts));
        return new Statement(sql, parts.binds(), List.of(new Column("count", FieldType.INT64)), 1, List.of());
    }

    private SelectConditionStep<Record> from(List<SelectFieldOrAsterisk> selected, RowScope rows, SqlParts parts) {
        Dataset dataset = rows.dataset();
        String relation = dataset.relation();
        int dot = relation.indexOf('.');
        Condition tenant =
                SqlParts.compare(DSL.name("t", dataset.tenantColumn()), "=", parts.bind("uuid", rows.tenant()));
        SelectConditionStep<Record> select = dsl.select(selected)
                .from(DSL.table(DSL.name(relation.substring(0, dot), relation.substring(dot + 1)))
                        .as(SqlParts.TABLE))
                .where(tenant);
        String prefix = dataset.entityPrefix();
        if (prefix != null) {
            org.jooq.Field<Object> key =
                    SqlParts.compared(field(dataset, dataset.key().getFirst()));
            select = select.and(SqlParts.compare(key, ">=", parts.bind("text", prefix)))
                    .and(SqlParts.compare(key, "<", parts.bind("text", afterPrefix(prefix))));
        }
        return rows.filter() instanceof Filter.All
                ? select
                : select.and(new SqlFilter(dataset, parts).of(rows.filter()));
    }

    static Field field(Dataset dataset, String name) {
        Field field = dataset.field(name);
        if (field == null) {
            throw new IllegalArgumentException("a field that the dataset does not have");
        }
        return field;
    }

    /** The least string that is greater than all that start with the prefix; prefixes are ASCII. */
    private static String afterPrefix(String prefix) {
        int last = prefix.length() - 1;
        return prefix.substring(0, last) + (char) (prefix.charAt(last) + 1);
    }

    /** The columns of one result. */
    private static final class Projection {

        private final Dataset dataset;
        private final List<SelectFieldOrAsterisk> selected = new ArrayList<>();
        private final List<Column> columns = new ArrayList<>();

        Projection(Dataset dataset) {
            this.dataset = dataset;
        }

        void release(String name) {
            Field field = field(dataset, name);
            columns.add(new Column(name, field.type()));
            selected.add(SqlParts.selected(field).as(name));
        }

        /** Where the field is; it is added if nobody released it. */
        int indexOf(String name) {
            for (int i = 0; i < columns.size(); i++) {
                if (columns.get(i).name().equals(name)) {
                    return i;
                }
            }
            release(name);
            return columns.size() - 1;
        }
    }
}
