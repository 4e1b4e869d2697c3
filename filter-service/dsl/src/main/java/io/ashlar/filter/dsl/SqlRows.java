package io.ashlar.filter.dsl;

import io.ashlar.filter.dsl.Filter.And;
import io.ashlar.filter.dsl.Filter.Condition;
import io.ashlar.filter.dsl.Filter.Not;
import io.ashlar.filter.dsl.Filter.Or;
import io.ashlar.filter.dsl.Filter.Segment;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The rows of a scope as SQL: {@code FROM … WHERE …}. The first condition is the tenant's, the second the dataset's
 * prefix; the attributes of entities that the statement speaks of are joined from one reading of their relation, however
 * many there are. Not thread-safe; for one statement.
 */
final class SqlRows {

    private final RowScope rows;
    private final Dataset dataset;
    private final SqlText out;
    private final List<Field> attributes;

    /** @param used the fields that the rest of the statement speaks of; the filter's are found here */
    SqlRows(RowScope rows, Set<String> used, SqlText out) {
        this.rows = rows;
        this.dataset = rows.dataset();
        this.out = out;
        this.attributes = attributes(rows, used);
    }

    /** As {@link #joins()}, of a statement that nobody writes yet. */
    static boolean joins(RowScope rows, Set<String> used) {
        return !attributes(rows, used).isEmpty();
    }

    /** Whether another relation is read besides the dataset's own. */
    boolean joins() {
        return !attributes.isEmpty();
    }

    void write() {
        out.sql(" FROM ").relation(dataset.relation()).sql(" AS t");
        if (joins()) {
            join();
        }
        out.sql(" WHERE t.").name(dataset.tenantColumn()).sql(" = ");
        tenant();
        String prefix = dataset.entityPrefix();
        if (prefix != null) {
            Field key = dataset.require(dataset.key().getFirst());
            out.sql(" AND ");
            out.dialect().compared(out, key);
            out.sql(" >= ").bind(FieldType.STRING, prefix).sql(" AND ");
            out.dialect().compared(out, key);
            String end = Texts.afterPrefix(prefix);
            out.sql(" < ").bind(FieldType.STRING, end == null ? prefix : end);
        }
        if (!(rows.filter() instanceof Filter.All)) {
            out.sql(" AND ");
            new SqlFilter(dataset, out).write(rows.filter());
        }
    }

    private void tenant() {
        if (out.dialect() == ClickHouseDialect.INSTANCE) {
            out.bindAs("UUID", rows.tenant());
        } else {
            out.bind(FieldType.UUID, rows.tenant());
        }
    }

    private static List<Field> attributes(RowScope rows, Set<String> used) {
        if (!rows.dataset().hasAttributes()) {
            return List.of();
        }
        Set<String> names = new LinkedHashSet<>(used);
        collect(rows.filter(), names);
        List<Field> attributes = new ArrayList<>();
        for (Field field : rows.dataset().fields()) {
            if (field.source() instanceof Source.Eav && names.contains(field.name())) {
                attributes.add(field);
            }
        }
        return attributes;
    }

    private void join() {
        Source.Eav first = (Source.Eav) attributes.getFirst().source();
        out.sql(" LEFT JOIN (SELECT v.").name(first.entity()).sql(" AS entity");
        for (Field field : attributes) {
            out.sql(", ");
            out.dialect().latest(out, (Source.Eav) field.source());
            out.sql(" AS ").name(field.name());
        }
        out.sql(" FROM ")
                .relation(first.relation())
                .sql(" AS v WHERE v.")
                .name(dataset.tenantColumn())
                .sql(" = ");
        tenant();
        out.sql(" AND v.").name(first.attribute()).sql(" IN (");
        for (int i = 0; i < attributes.size(); i++) {
            out.sql(i == 0, "", ", ").number(((Source.Eav) attributes.get(i).source()).id());
        }
        out.sql(") GROUP BY v.").name(first.entity()).sql(") AS e ON e.entity = ");
        Dialect.stored(out, dataset.require(dataset.key().getFirst()));
    }

    private static void collect(Filter filter, Set<String> names) {
        switch (filter) {
            case Filter.All all -> {}
            case Condition condition -> names.add(condition.field());
            case And(List<Filter> nodes) -> nodes.forEach(node -> collect(node, names));
            case Or(List<Filter> nodes) -> nodes.forEach(node -> collect(node, names));
            case Not(Filter node) -> collect(node, names);
            case Segment segment -> {}
        }
    }
}
