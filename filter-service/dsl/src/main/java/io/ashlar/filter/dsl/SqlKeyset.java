package io.ashlar.filter.dsl;

import io.ashlar.filter.dsl.SortKey.Direction;
import io.ashlar.filter.dsl.SortKey.Nulls;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Total orders as SQL: the ORDER BY, and the condition for what comes after a position.
 *
 * <p>For keys a, b, … and a position x, y, … running upward the condition is
 * {@code a >= x AND (a > x OR (a = x AND (b > y …)))}: the first comparison is implied, but only it bounds an index
 * scan. Where the order runs one way and no row that comes after lacks a key, a row comparison says the same and an index
 * serves it whole, ties and all. Nulls are told apart by what is known of the position, so no comparison with null is
 * rendered. Not thread-safe; for one statement.
 */
final class SqlKeyset {

    private final List<Key> keys;
    private final SqlText out;
    private final Dialect dialect;

    SqlKeyset(Scope scope, List<SortKey> sort, SqlText out) {
        this.keys = sort.stream().map(key -> Key.of(key, scope)).toList();
        this.out = out;
        this.dialect = out.dialect();
    }

    /** One key with what it orders by. */
    private record Key(SortKey sort, Field field, FieldType type, boolean nullable) {

        static Key of(SortKey sort, Scope scope) {
            Field field = scope.require(sort.field());
            return sort.rank() == null
                    ? new Key(sort, field, field.type(), field.nullable())
                    : new Key(sort, field, FieldType.INT64, false);
        }

        boolean isUp() {
            return sort.dir() == Direction.ASC;
        }

        /** Where nothing is absent the choice means nothing, and PostgreSQL's own default is the one its indexes have. */
        boolean isNullsFirst() {
            return nullable ? sort.nulls() == Nulls.FIRST : !isUp();
        }
    }

    /** The types of the position's values. */
    static FieldType type(SortKey key, Scope scope) {
        return Key.of(key, scope).type();
    }

    /** What a key orders by, for the columns of a result. */
    static void selected(SortKey key, Scope scope, SqlText out) {
        Field field = scope.require(key.field());
        if (key.rank() == null) {
            out.dialect().selected(out, field);
        } else {
            out.dialect().rank(out, field, words(key.rank()));
        }
    }

    private static List<Object> words(String rank) {
        return List.copyOf(Words.distinct(rank));
    }

    void orderBy() {
        for (int i = 0; i < keys.size(); i++) {
            Key key = keys.get(i);
            out.sql(i == 0, " ORDER BY ", ", ");
            expression(key);
            out.sql(key.isUp(), " ASC", " DESC").sql(key.isNullsFirst(), " NULLS FIRST", " NULLS LAST");
        }
    }

    void after(List<@Nullable Literal> position) {
        if (keys.isEmpty() || position.size() != keys.size()) {
            throw new IllegalArgumentException("a position that does not fit its order");
        }
        if (isRowAfter(position)) {
            rowAfter(position);
        } else {
            after(position, 0);
        }
    }

    private boolean isRowAfter(List<@Nullable Literal> position) {
        for (int i = 0; i < keys.size(); i++) {
            Key key = keys.get(i);
            // Behind a value there are no nulls where they come first. PostgreSQL's row comparison is unknown where it
            // meets one, and looks no further than the first difference; what other stores do is their own affair.
            boolean present = !key.nullable()
                    || (dialect == PostgresDialect.INSTANCE && key.isNullsFirst() && position.get(i) != null);
            if (!present || key.isUp() != keys.getFirst().isUp()) {
                return false;
            }
        }
        return true;
    }

    private void rowAfter(List<@Nullable Literal> position) {
        for (int i = 0; i < keys.size(); i++) {
            out.sql(i == 0, "(", ", ");
            expression(keys.get(i));
        }
        out.sql(keys.getFirst().isUp(), ") > (", ") < (");
        for (int i = 0; i < keys.size(); i++) {
            out.sql(i == 0, "", ", ");
            bind(keys.get(i), position.get(i));
        }
        out.sql(")");
    }

    private void after(List<@Nullable Literal> position, int i) {
        Key key = keys.get(i);
        Literal value = position.get(i);
        if (value == null && !key.nullable()) {
            throw new IllegalArgumentException("a position without a value for a field that always has one");
        }
        boolean last = i + 1 == keys.size();
        if (value == null && !key.isNullsFirst()) {
            // Nothing stands after the nulls but other nulls.
            if (last) {
                out.sql("FALSE");
            } else {
                tie(position, i);
            }
            return;
        }
        boolean bounded = !last && value != null && (!key.nullable() || key.isNullsFirst());
        out.sql("(");
        if (bounded) {
            compare(key, key.isUp() ? Op.GTE : Op.LTE, value);
            out.sql(" AND (");
        }
        beyond(key, value);
        if (!last) {
            out.sql(" OR ");
            tie(position, i);
        }
        out.sql(bounded, "))", ")");
    }

    /** The rows with the position's own value that come after it by the keys that follow. */
    private void tie(List<@Nullable Literal> position, int i) {
        Key key = keys.get(i);
        Literal value = position.get(i);
        out.sql("(");
        if (value == null) {
            dialect.isNull(out, key.field(), true);
        } else {
            compare(key, Op.EQ, value);
        }
        out.sql(" AND ");
        after(position, i + 1);
        out.sql(")");
    }

    /** The rows whose key comes strictly after the value. */
    private void beyond(Key key, @Nullable Literal value) {
        if (value == null) {
            dialect.isNull(out, key.field(), false);
            return;
        }
        compare(key, key.isUp() ? Op.GT : Op.LT, value);
        if (key.nullable() && !key.isNullsFirst()) {
            out.sql(" OR ");
            dialect.isNull(out, key.field(), true);
        }
    }

    private void compare(Key key, Op op, Literal value) {
        expression(key);
        out.operator(op);
        bind(key, value);
    }

    private void expression(Key key) {
        String rank = key.sort().rank();
        if (rank == null) {
            dialect.compared(out, key.field());
        } else {
            dialect.rank(out, key.field(), words(rank));
        }
    }

    private void bind(Key key, @Nullable Literal value) {
        if (value == null) {
            throw new IllegalArgumentException("a position without a value for a field that always has one");
        }
        out.bind(key.type(), Values.checked(key.type(), value));
    }
}
