package io.ashlar.filter.dsl;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Compiles checked operations for one kind of store. The first condition on the rows of every select is the tenant's,
 * the second the dataset's prefix. Values are always bound; see {@link SqlText}. An operation that does not fit its
 * dataset is an {@link IllegalArgumentException}: what comes here was checked before. Thread-safe.
 */
public final class SqlCompiler {

    private static final int TEXTS = 1_024;

    private final Dialect dialect;
    private final @Nullable KnownTexts texts;

    /** For PostgreSQL. */
    public SqlCompiler() {
        this(Store.POSTGRESQL);
    }

    public SqlCompiler(Store store) {
        this(store.dialect(), null);
    }

    private SqlCompiler(Dialect dialect, @Nullable KnownTexts texts) {
        this.dialect = dialect;
        this.texts = texts;
    }

    /**
     * For PostgreSQL, as any other but for its speed: it remembers the texts of 1,024 shapes of pages, streams and counts, each
     * of at most 16 KiB. What decides a text is compared whole, the physical mapping of every field that is named included;
     * values are no part of it, and are checked and bound for each statement as if its text were written.
     */
    public static SqlCompiler remembering() {
        return new SqlCompiler(PostgresDialect.INSTANCE, new KnownTexts(TEXTS));
    }

    static SqlCompiler remembering(KnownTexts texts) {
        return new SqlCompiler(PostgresDialect.INSTANCE, texts);
    }

    /** Up to {@code limit + 1} rows after the position. */
    public Statement page(PageSpec spec) {
        return page(spec, SqlPage.Part.WHOLE);
    }

    /**
     * The same rows by one statement or two with the same columns: each brings up to {@code limit + 1} rows, those of the
     * second come after those of the first, and nobody needs them who got more than the limit. A page with nulls behind its
     * values is so as cheap as any other, until it comes to them.
     */
    public List<Statement> pageInParts(PageSpec spec) {
        return SqlPage.isInParts(spec, dialect)
                ? List.of(page(spec, SqlPage.Part.FIRST), page(spec, SqlPage.Part.REST))
                : List.of(page(spec));
    }

    private Statement page(PageSpec spec, SqlPage.Part part) {
        return statement(
                texts == null ? null : Shape.of(spec, part),
                () -> Projection.of(spec),
                (projection, out) -> new SqlPage(spec, projection, out).write(part));
    }

    /** All rows in the given order. */
    public Statement stream(StreamSpec spec) {
        return statement(texts == null ? null : Shape.of(spec), () -> Projection.of(spec), (projection, out) -> {
            Dataset dataset = spec.rows().dataset();
            projection.write(dataset, spec.sort(), out);
            new SqlRows(spec.rows(), projection.names(), out).write();
            new SqlKeyset(dataset, spec.sort(), out).orderBy();
        });
    }

    /** One row, one column {@code count}. */
    public Statement count(RowScope rows) {
        return statement(texts == null ? null : Shape.of(rows), () -> Projection.COUNT, (projection, out) -> {
            out.sql("SELECT count(*) AS ").name("count");
            new SqlRows(rows, projection.names(), out).write();
        });
    }

    private Statement statement(
            @Nullable Shape shape, Supplier<Projection> projecting, BiConsumer<Projection, SqlText> writing) {
        KnownTexts.Known known = texts == null || shape == null ? null : texts.find(shape);
        if (known != null) {
            SqlText binds = SqlText.ofBinds(dialect);
            writing.accept(known.projection(), binds);
            return statement(known.sql(), known.projection(), binds);
        }
        Projection projection = projecting.get();
        SqlText out = new SqlText(dialect);
        writing.accept(projection, out);
        String sql = out.toString();
        if (texts != null && shape != null) {
            texts.remember(shape, sql, projection);
        }
        return statement(sql, projection, out);
    }

    private static Statement statement(String sql, Projection projection, SqlText out) {
        return new Statement(sql, out.binds(), projection.columns(), projection.released(), projection.position());
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
}
