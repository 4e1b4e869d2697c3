package io.ashlar.filter.dsl;

import io.ashlar.filter.dsl.SortKey.Direction;
import io.ashlar.filter.dsl.SortKey.Nulls;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Total orders as SQL: the ORDER BY, and the condition for what comes after a position.
 *
 * <p>For keys a, b, … and a position x, y, … running upward the condition is
 * {@code a >= x AND (a > x OR (a = x AND (b > y …)))}: the first comparison is implied, but only it bounds an index
 * scan. Where the order runs one way and no row that comes after lacks a key, a row comparison says the same and an index
 * serves it whole, ties and all. Nulls are told apart by what is known of the position, so no comparison with null is
 * rendered.
 *
 * <p>No index is read as one range where values and nulls both come after the position ({@code a > x OR a IS NULL}): then
 * what comes after is split into arms, of which each is a range. {@link #arms} says whether that pays. Not thread-safe; for
 * one statement.
 */
final class SqlKeyset {

    /**
     * Each costs what a page costs where no index has the order. Keys whose nulls are not split off any more are looked at
     * in the rows that the keys before them leave.
     */
    private static final int MAX_ARMS = 3;

    private final List<Key> keys;
    private final SqlText out;
    private final Dialect dialect;

    /** Keys whose rows on the other side of the nulls are arms of their own. */
    private final BitSet split = new BitSet();

    SqlKeyset(Scope scope, List<SortKey> sort, SqlText out) {
        this.keys = new ArrayList<>(sort.size());
        for (SortKey key : sort) {
            keys.add(Key.of(key, scope));
        }
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

        boolean isColumn() {
            return sort.rank() == null && field.source() instanceof Source.Column;
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
            out.sql(i == 0, " ORDER BY ", ", ");
            expression(keys.get(i));
            direction(keys.get(i));
        }
    }

    /** As {@link #orderBy}, of a select around arms that show their {@link #keyColumns}. */
    void orderByKeyColumns() {
        for (int i = 0; i < keys.size(); i++) {
            out.sql(i == 0, " ORDER BY p.", ", p.").name(keyColumn(i));
            direction(keys.get(i));
        }
    }

    /** The very expressions of the order, so that rows of ordered arms are merged without being sorted again. */
    void keyColumns() {
        for (int i = 0; i < keys.size(); i++) {
            out.sql(", ");
            expression(keys.get(i));
            out.sql(" AS ").name(keyColumn(i));
        }
    }

    /** No field's name: those have no such character. */
    private static String keyColumn(int number) {
        return "#" + number;
    }

    private void direction(Key key) {
        out.sql(key.isUp(), " ASC", " DESC").sql(key.isNullsFirst(), " NULLS FIRST", " NULLS LAST");
    }

    /**
     * Into how many selects what comes after the position is split: one, or as many as are ranges of an index. Only
     * PostgreSQL merges ordered selects as it reads them, and only keys that are columns have an index that row-level
     * security leaves them; where nothing has the order, every arm would read all rows for nothing.
     */
    int arms(List<@Nullable Literal> position) {
        requireFit(position);
        boolean ordered = dialect == PostgresDialect.INSTANCE && keys.stream().allMatch(Key::isColumn);
        for (int i = 0; ordered && i < keys.size() && split.cardinality() < MAX_ARMS - 1; i++) {
            Key key = keys.get(i);
            boolean present = position.get(i) != null;
            boolean last = i + 1 == keys.size();
            // Nulls come behind a value, or values behind nulls among which there is more to come.
            if (key.nullable() && (key.isNullsFirst() ? !present && !last : present)) {
                split.set(i);
            }
        }
        return 1 + split.cardinality();
    }

    /** Whether the arm after the first is the nulls, or the values, that all stand behind what is there of the first key. */
    boolean isFirstSplit(List<@Nullable Literal> position) {
        return arms(position) > 1 && split.get(0);
    }

    /** The rows of one arm. No row is in two of them, and each is in order by itself. */
    void after(List<@Nullable Literal> position, int arm) {
        if (arm == 0) {
            after(position);
            return;
        }
        int key = split.stream().skip(arm - 1L).findFirst().orElseThrow();
        for (int i = 0; i < key; i++) {
            same(keys.get(i), position.get(i));
            out.sql(" AND ");
        }
        dialect.isNull(out, keys.get(key).field(), position.get(key) != null);
    }

    /** All rows that come after the position, but for those of other {@link #arms}. */
    void after(List<@Nullable Literal> position) {
        requireFit(position);
        if (isRowAfter(position)) {
            rowAfter(position);
        } else {
            from(position, 0);
        }
    }

    private void requireFit(List<@Nullable Literal> position) {
        if (keys.isEmpty() || position.size() != keys.size()) {
            throw new IllegalArgumentException("a position that does not fit its order");
        }
    }

    private boolean isRowAfter(List<@Nullable Literal> position) {
        for (int i = 0; i < keys.size(); i++) {
            Key key = keys.get(i);
            // Behind a value there are no nulls where they come first, nor where they are an arm of their own. A row
            // comparison of PostgreSQL is unknown where it meets one, and looks no further than the first difference;
            // what other stores do is their own affair.
            boolean present = !key.nullable()
                    || (dialect == PostgresDialect.INSTANCE && !nullsBehind(i) && position.get(i) != null);
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

    /** Whether the key's nulls come behind its values, in this very select. */
    private boolean nullsBehind(int i) {
        return keys.get(i).nullable() && !keys.get(i).isNullsFirst() && !split.get(i);
    }

    private void from(List<@Nullable Literal> position, int i) {
        Key key = keys.get(i);
        Literal value = position.get(i);
        if (value == null && !key.nullable()) {
            throw new IllegalArgumentException("a position without a value for a field that always has one");
        }
        boolean last = i + 1 == keys.size();
        if (value == null && (!key.isNullsFirst() || split.get(i))) {
            // Nothing stands after the nulls but other nulls; or what does is an arm of its own.
            if (last) {
                out.sql("FALSE");
            } else {
                tie(position, i);
            }
            return;
        }
        boolean bounded = !last && value != null && !nullsBehind(i);
        out.sql("(");
        if (bounded) {
            compare(key, key.isUp() ? Op.GTE : Op.LTE, value);
            out.sql(" AND (");
        }
        beyond(i, value);
        if (!last) {
            out.sql(" OR ");
            tie(position, i);
        }
        out.sql(bounded, "))", ")");
    }

    /** The rows with the position's own value that come after it by the keys that follow. */
    private void tie(List<@Nullable Literal> position, int i) {
        out.sql("(");
        same(keys.get(i), position.get(i));
        out.sql(" AND ");
        from(position, i + 1);
        out.sql(")");
    }

    private void same(Key key, @Nullable Literal value) {
        if (value == null) {
            dialect.isNull(out, key.field(), true);
        } else {
            compare(key, Op.EQ, value);
        }
    }

    /** The rows whose key comes strictly after the value. */
    private void beyond(int i, @Nullable Literal value) {
        Key key = keys.get(i);
        if (value == null) {
            dialect.isNull(out, key.field(), false);
            return;
        }
        compare(key, key.isUp() ? Op.GT : Op.LT, value);
        if (nullsBehind(i)) {
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
        if (rank == null && out.writes()) {
            dialect.compared(out, key.field());
        } else if (rank != null) {
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
