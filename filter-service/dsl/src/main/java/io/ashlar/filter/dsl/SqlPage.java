package io.ashlar.filter.dsl;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page as SQL: one select; or, where what comes after the position is split into arms, one select for each, ordered and
 * limited by itself, and another around them that merges them in the same order and stops at the limit. The tenant's
 * condition is the first of each. Not thread-safe; for one statement.
 */
final class SqlPage {

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

    void write() {
        List<@Nullable Literal> after = spec.position();
        // A second arm would join the attributes of all entities once more.
        int arms = after == null || rows.joins() ? 1 : keyset.arms(after);
        if (after != null && arms > 1) {
            merged(after, arms);
        } else {
            one(after);
        }
    }

    private void one(@Nullable List<@Nullable Literal> after) {
        projection.write(spec.rows().dataset(), spec.sort(), out);
        rows.write();
        if (after != null) {
            out.sql(" AND ");
            keyset.after(after);
        }
        keyset.orderBy();
        limit();
    }

    private void merged(List<@Nullable Literal> after, int arms) {
        projection.writeAgain(out);
        out.sql(" FROM (");
        for (int arm = 0; arm < arms; arm++) {
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
