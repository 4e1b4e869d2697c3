package io.ashlar.filter.dsl;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A page as SQL: one select; or, where what comes after the position is split into arms, one select for each, ordered and
 * limited by itself, and another around them that merges them in the same order and stops at the limit. The tenant's
 * condition is the first of each. Not thread-safe; for one statement.
 *
 * <p>The nulls of the first key come all before or all behind its values. So their arm need not be merged: it is a statement
 * of its own, {@link Part#REST}, which is run only if {@link Part#FIRST} brings too few rows, and neither planned nor begun
 * for all the other pages.
 */
final class SqlPage {

    /** How much of a page one statement brings. */
    enum Part {
        WHOLE,
        FIRST,
        REST
    }

    private final PageSpec spec;
    private final Projection projection;
    private final SqlText out;
    private final SqlRows rows;
    private final SqlKeyset keyset;

    SqlPage(PageSpec spec, Projection projection, SqlText out) {
        Dataset dataset = spec.rows().dataset();
        this.spec = spec;
        this.projection = projection;
        this.out = out;
        this.rows = new SqlRows(spec.rows(), projection.names(), out);
        this.keyset = new SqlKeyset(dataset, spec.sort(), out);
    }

    /** Whether the page comes in two parts. */
    static boolean isInParts(PageSpec spec, Dialect dialect) {
        List<@Nullable Literal> after = spec.position();
        Dataset dataset = spec.rows().dataset();
        return after != null
                && new SqlKeyset(dataset, spec.sort(), SqlText.ofBinds(dialect)).isFirstSplit(after)
                && !SqlRows.joins(spec.rows(), Projection.names(spec.fields(), spec.sort()));
    }

    void write(Part part) {
        List<@Nullable Literal> after = spec.position();
        // A second arm would join the attributes of all entities once more.
        int arms = after == null || rows.joins() ? 1 : keyset.arms(after);
        if (after == null) {
            one(null, 0);
            return;
        }
        switch (part) {
            case WHOLE -> some(after, IntStream.range(0, arms).toArray());
            // The first split is the first key's.
            case FIRST ->
                some(after, IntStream.range(0, arms).filter(arm -> arm != 1).toArray());
            case REST -> one(after, 1);
        }
    }

    private void some(List<@Nullable Literal> after, int[] arms) {
        if (arms.length == 1) {
            one(after, 0);
        } else {
            merged(after, arms);
        }
    }

    private void one(@Nullable List<@Nullable Literal> after, int arm) {
        projection.write(spec.rows().dataset(), spec.sort(), out);
        rows.write();
        if (after != null) {
            out.sql(" AND ");
            keyset.after(after, arm);
        }
        keyset.orderBy();
        limit();
    }

    private void merged(List<@Nullable Literal> after, int[] arms) {
        projection.writeAgain(out);
        out.sql(" FROM (");
        for (int arm : arms) {
            out.sql(arm == 0, "(", " UNION ALL (");
            projection.write(spec.rows().dataset(), spec.sort(), out);
            keyset.keyColumns();
            rows.write();
            out.sql(" AND ");
            keyset.after(after, arm);
            keyset.orderBy();
            limit();
            out.sql(")");
        }
        out.sql(") AS p");
        keyset.orderByKeyColumns();
        limit();
    }

    private void limit() {
        out.sql(" LIMIT ").bind(FieldType.INT64, spec.limit() + 1L);
    }
}
