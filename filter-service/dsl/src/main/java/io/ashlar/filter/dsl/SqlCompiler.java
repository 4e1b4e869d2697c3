package io.ashlar.filter.dsl;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compiles checked operations for one kind of store. The first condition on the rows of every statement is the tenant's,
 * the second the dataset's prefix. Values are always bound; see {@link SqlText}. An operation that does not fit its
 * dataset is an {@link IllegalArgumentException}: what comes here was checked before. Thread-safe.
 */
public final class SqlCompiler {

    private final Dialect dialect;

    /** For PostgreSQL. */
    public SqlCompiler() {
        this(Store.POSTGRESQL);
    }

    public SqlCompiler(Store store) {
        this.dialect = store.dialect();
    }

    /** Up to {@code limit + 1} rows after the position. */
    public Statement page(PageSpec spec) {
        SqlText out = new SqlText(dialect);
        Projection projection = new Projection(spec.rows().dataset(), spec.fields());
        List<Integer> position = new ArrayList<>(spec.sort().size());
        for (SortKey key : spec.sort()) {
            position.add(projection.indexOf(key));
        }
        projection.write(out);
        new SqlRows(spec.rows(), projection.names, out).write();
        SqlKeyset keyset = new SqlKeyset(spec.rows().dataset(), spec.sort(), out);
        List<@Nullable Literal> after = spec.position();
        if (after != null) {
            out.sql(" AND ");
            keyset.after(after);
        }
        keyset.orderBy();
        out.sql(" LIMIT ").bind(FieldType.INT64, spec.limit() + 1L);
        return new Statement(out.toString(), out.binds(), projection.columns, projection.released, position);
    }

    /** All rows in the given order. */
    public Statement stream(StreamSpec spec) {
        SqlText out = new SqlText(dialect);
        Projection projection = new Projection(spec.rows().dataset(), spec.fields());
        Set<String> used = new LinkedHashSet<>(spec.fields());
        spec.sort().forEach(key -> used.add(key.field()));
        projection.write(out);
        new SqlRows(spec.rows(), used, out).write();
        new SqlKeyset(spec.rows().dataset(), spec.sort(), out).orderBy();
        return new Statement(out.toString(), out.binds(), projection.columns, projection.released, List.of());
    }

    /** One row, one column {@code count}. */
    public Statement count(RowScope rows) {
        SqlText out = new SqlText(dialect);
        out.sql("SELECT count(*) AS ").name("count");
        new SqlRows(rows, Set.of(), out).write();
        List<Column> columns = List.of(new Column("count", FieldType.INT64));
        return new Statement(out.toString(), out.binds(), columns, 1, List.of());
    }

    /** Up to {@code limit + 1} groups after the position. */
    public Statement aggregate(AggregateSpec spec) {
        SqlText out = new SqlText(dialect);
        new SqlAggregate(spec, out).write(spec);
        CheckedAggregate aggregate = spec.aggregate();
        List<Column> columns = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Field output : aggregate.outputs()) {
            columns.add(new Column(output.name(), output.type()));
            names.add(output.name());
        }
        List<Integer> position =
                aggregate.sort().stream().map(key -> names.indexOf(key.field())).toList();
        return new Statement(out.toString(), out.binds(), columns, columns.size(), position);
    }

    /** The columns of one result: first what may be released, then what only the position needs. */
    private static final class Projection {

        private final Dataset dataset;
        private final int released;
        private final Set<String> names;
        private final List<Column> columns = new ArrayList<>();
        private final List<SortKey> keys = new ArrayList<>();

        Projection(Dataset dataset, List<String> fields) {
            this.dataset = dataset;
            this.released = fields.size();
            this.names = new LinkedHashSet<>(fields);
            for (String name : fields) {
                columns.add(new Column(name, dataset.require(name).type()));
            }
        }

        /** Where the key's value is; it is added if nobody released it. */
        int indexOf(SortKey key) {
            String name = key.rank() == null ? key.field() : key.field() + "#rank";
            for (int i = 0; i < columns.size(); i++) {
                if (columns.get(i).name().equals(name)) {
                    return i;
                }
            }
            keys.add(key);
            names.add(key.field());
            columns.add(new Column(name, SqlKeyset.type(key, dataset)));
            return columns.size() - 1;
        }

        void write(SqlText out) {
            for (int i = 0; i < columns.size(); i++) {
                Column column = columns.get(i);
                out.sql(i == 0, "SELECT ", ", ");
                if (i < released) {
                    out.dialect().selected(out, dataset.require(column.name()));
                } else {
                    SqlKeyset.selected(keys.get(i - released), dataset, out);
                }
                out.sql(" AS ").name(column.name());
            }
        }
    }
}
