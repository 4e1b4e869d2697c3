package io.ashlar.filter.dsl;

import io.ashlar.filter.dsl.Filter.And;
import io.ashlar.filter.dsl.Filter.Condition;
import io.ashlar.filter.dsl.Filter.Not;
import io.ashlar.filter.dsl.Filter.Or;
import io.ashlar.filter.dsl.Filter.Segment;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that decides the text of a statement for PostgreSQL, as a list of marks: the relation and the fields as they are
 * declared, operators, nesting, order, and of the values whether they are there. It holds no value and no tenant. Two
 * operations have one text if their shapes are equal, mark by mark; hashes only find them. Not thread-safe while it is made.
 */
final class Shape {

    /** More of them, and a text is long enough to be worth its writing. */
    private static final int MARKS_MAX = 1_024;

    private enum Mark {
        PAGE,
        STREAM,
        COUNT,
        PREFIX,
        EVERYTHING,
        AND,
        OR,
        NOT,
        ABSENT,
        PRESENT,
        CASELESS,
        YES,
        NO,
        OPEN,
        RANK
    }

    private final Dataset dataset;
    private Object[] marks = new Object[64];
    private int size;
    private int hash = 1;
    private boolean whole = true;

    private Shape(Mark kind, RowScope rows) {
        this.dataset = rows.dataset();
        add(kind);
        add(dataset.relation(), dataset.relation().hashCode());
        add(dataset.tenantColumn(), dataset.tenantColumn().hashCode());
        if (dataset.entityPrefix() == null) {
            add(Mark.ABSENT);
        } else {
            add(Mark.PREFIX);
            field(dataset.key().getFirst());
        }
        filter(rows.filter());
    }

    /** Null of an operation whose text is not remembered: it is long, joins attributes, or does not fit its dataset. */
    static @Nullable Shape of(PageSpec spec, SqlPage.Part part) {
        Shape shape = new Shape(Mark.PAGE, spec.rows());
        shape.add(part);
        shape.fields(spec.fields());
        shape.sort(spec.sort());
        List<@Nullable Literal> position = spec.position();
        if (position == null) {
            shape.add(Mark.ABSENT);
        } else {
            shape.add(position.size());
            for (Literal value : position) {
                shape.add(value == null ? Mark.ABSENT : Mark.PRESENT);
            }
        }
        return shape.orNull();
    }

    /** As {@link #of(PageSpec, SqlPage.Part)}. */
    static @Nullable Shape of(StreamSpec spec) {
        Shape shape = new Shape(Mark.STREAM, spec.rows());
        shape.fields(spec.fields());
        shape.sort(spec.sort());
        return shape.orNull();
    }

    /** As {@link #of(PageSpec, SqlPage.Part)}, of a count. */
    static @Nullable Shape of(RowScope rows) {
        return new Shape(Mark.COUNT, rows).orNull();
    }

    private @Nullable Shape orNull() {
        return whole ? this : null;
    }

    /** The same in as little room as it takes, to be kept. */
    Shape trimmed() {
        marks = Arrays.copyOf(marks, size);
        return this;
    }

    private void fields(List<String> names) {
        add(names.size());
        for (String name : names) {
            field(name);
        }
    }

    private void sort(List<SortKey> sort) {
        add(sort.size());
        for (SortKey key : sort) {
            field(key.field());
            add(key.dir());
            add(key.nulls());
            add(key.rank() == null ? Mark.ABSENT : Mark.RANK);
        }
    }

    private void filter(Filter filter) {
        switch (filter) {
            case Filter.All all -> add(Mark.EVERYTHING);
            case Condition condition -> condition(condition);
            case And(List<Filter> nodes) -> nodes(Mark.AND, nodes);
            case Or(List<Filter> nodes) -> nodes(Mark.OR, nodes);
            case Not(Filter node) -> {
                add(Mark.NOT);
                filter(node);
            }
            case Segment segment -> whole = false;
        }
    }

    private void nodes(Mark kind, List<Filter> nodes) {
        add(kind);
        add(nodes.size());
        for (Filter node : nodes) {
            filter(node);
        }
    }

    private void condition(Condition condition) {
        field(condition.field());
        add(condition.op());
        add(condition.ignoreCase() ? Mark.CASELESS : Mark.PRESENT);
        switch (condition.op()) {
            case IS_NULL ->
                add(
                        condition.operand() instanceof Operand.One(Literal.Flag(boolean wanted))
                                ? wanted ? Mark.YES : Mark.NO
                                : Mark.ABSENT);
            // Where no text comes after the prefix there is no upper end.
            case STARTS_WITH -> add(SqlFilter.isOpen(condition) ? Mark.OPEN : Mark.PRESENT);
            case EQ,
                    NEQ,
                    GT,
                    GTE,
                    LT,
                    LTE,
                    BETWEEN,
                    IN,
                    NOT_IN,
                    CONTAINS,
                    ENDS_WITH,
                    HAS,
                    HAS_ANY,
                    HAS_ALL,
                    SEARCH,
                    WITHIN -> {}
        }
    }

    private void field(String name) {
        Field field = dataset.field(name);
        if (field == null || field.source() instanceof Source.Eav) {
            whole = false;
            return;
        }
        add(field, field.name().hashCode());
    }

    private void add(Enum<?> mark) {
        add(mark, mark.hashCode());
    }

    private void add(int number) {
        add(number, number);
    }

    private void add(Object mark, int markHash) {
        if (!whole || size == MARKS_MAX) {
            whole = false;
            return;
        }
        if (size == marks.length) {
            marks = Arrays.copyOf(marks, 2 * size);
        }
        marks[size++] = mark;
        hash = 31 * hash + markHash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof Shape shape) || shape.hash != hash || shape.size != size) {
            return false;
        }
        for (int i = 0; i < size; i++) {
            if (marks[i] != shape.marks[i] && !isSame(marks[i], shape.marks[i])) {
                return false;
            }
        }
        return true;
    }

    /** Of a field, what a text is made of; who may see it and how it may be asked for is not. */
    private static boolean isSame(Object mark, Object other) {
        if (!(mark instanceof Field one) || !(other instanceof Field two)) {
            return mark.equals(other);
        }
        return one.name().equals(two.name())
                && one.type() == two.type()
                && one.nullable() == two.nullable()
                && one.source().equals(two.source());
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
