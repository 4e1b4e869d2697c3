package io.ashlar.filter.dsl;

import io.ashlar.filter.dsl.SortKey.Direction;
import io.ashlar.filter.dsl.SortKey.Nulls;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Condition;
import org.jooq.SortField;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Total orders as SQL: the ORDER BY, and the condition for what comes after a position.
 *
 * <p>For keys a, b, … and a position x, y, … running upward the condition is
 * {@code a >= x AND (a > x OR (a = x AND (b > y …)))}: the first comparison is implied, but only it bounds an index
 * scan. Where the order runs one way over keys that are never absent, a row comparison says the same and an index
 * serves it whole. Nulls are told apart by what is known of the position, so no comparison with null is rendered.
 */
final class SqlKeyset {

    private static final String ABSENT = "a position without a value for a field that always has one";

    private final Dataset dataset;
    private final SqlParts parts;

    SqlKeyset(Dataset dataset, SqlParts parts) {
        this.dataset = dataset;
        this.parts = parts;
    }

    List<SortField<Object>> orderBy(List<SortKey> sort) {
        List<SortField<Object>> order = new ArrayList<>(sort.size());
        for (SortKey key : sort) {
            Field field = SqlCompiler.field(dataset, key.field());
            org.jooq.Field<Object> by = SqlParts.compared(field);
            SortField<Object> directed = key.dir() == Direction.ASC ? by.asc() : by.desc();
            order.add(nulls(key, field) == Nulls.FIRST ? directed.nullsFirst() : directed.nullsLast());
        }
        return order;
    }

    Condition after(List<SortKey> sort, List<@Nullable Literal> position) {
        if (sort.isEmpty() || position.size() != sort.size()) {
            throw new IllegalArgumentException("a position that does not fit its order");
        }
        return isOneWay(sort) ? rowAfter(sort, position) : after(sort, position, 0);
    }

    private boolean isOneWay(List<SortKey> sort) {
        return sort.stream()
                .allMatch(key -> key.dir() == sort.getFirst().dir()
                        && !SqlCompiler.field(dataset, key.field()).nullable());
    }

    private Condition rowAfter(List<SortKey> sort, List<@Nullable Literal> position) {
        List<org.jooq.Field<?>> keys = new ArrayList<>();
        List<org.jooq.Field<?>> values = new ArrayList<>();
        for (int i = 0; i < sort.size(); i++) {
            Field field = SqlCompiler.field(dataset, sort.get(i).field());
            keys.add(SqlParts.compared(field));
            values.add(parts.bind(field.type(), present(position.get(i))));
        }
        String operator = sort.getFirst().dir() == Direction.ASC ? ">" : "<";
        return SqlParts.compare(DSL.row(keys), operator, DSL.row(values));
    }

    private Condition after(List<SortKey> sort, List<@Nullable Literal> position, int i) {
        SortKey key = sort.get(i);
        Field field = SqlCompiler.field(dataset, key.field());
        Literal value = position.get(i);
        Condition beyond = beyond(key, field, value);
        if (i + 1 == sort.size()) {
            return beyond;
        }
        Condition tie = DSL.and(same(field, value), after(sort, position, i + 1));
        if (value == null) {
            return nulls(key, field) == Nulls.FIRST ? DSL.or(beyond, tie) : tie;
        }
        Condition either = DSL.or(beyond, tie);
        boolean bounded = !field.nullable() || nulls(key, field) == Nulls.FIRST;
        return bounded ? DSL.and(compare(field, key.dir() == Direction.ASC ? ">=" : "<=", value), either) : either;
    }

    /** Rows whose key comes strictly after the value. */
    private Condition beyond(SortKey key, Field field, @Nullable Literal value) {
        Nulls nulls = nulls(key, field);
        if (value == null && !field.nullable()) {
            throw new IllegalArgumentException(ABSENT);
        } else if (value == null) {
            return nulls == Nulls.FIRST
                    ? SqlParts.suffixed(SqlParts.value(field), "IS NOT NULL")
                    : DSL.falseCondition();
        }
        Condition further = compare(field, key.dir() == Direction.ASC ? ">" : "<", value);
        return nulls == Nulls.LAST && field.nullable()
                ? DSL.or(further, SqlParts.suffixed(SqlParts.value(field), "IS NULL"))
                : further;
    }

    private Condition same(Field field, @Nullable Literal value) {
        return value == null ? SqlParts.suffixed(SqlParts.value(field), "IS NULL") : compare(field, "=", value);
    }

    private Condition compare(Field field, String operator, Literal value) {
        return SqlParts.compare(SqlParts.compared(field), operator, parts.bind(field.type(), value));
    }

    /** Where nothing is absent the choice means nothing, and PostgreSQL's own default is the one its indexes have. */
    private static Nulls nulls(SortKey key, Field field) {
        if (field.nullable()) {
            return key.nulls();
        }
        return key.dir() == Direction.ASC ? Nulls.LAST : Nulls.FIRST;
    }

    private static Literal present(@Nullable Literal value) {
        if (value == null) {
            throw new IllegalArgumentException(ABSENT);
        }
        return value;
    }
}
