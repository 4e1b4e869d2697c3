package io.ashlar.filter.dsl;

import io.ashlar.filter.dsl.Filter.And;
import io.ashlar.filter.dsl.Filter.Condition;
import io.ashlar.filter.dsl.Filter.Not;
import io.ashlar.filter.dsl.Filter.Or;
import io.ashlar.filter.dsl.Filter.Segment;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Queries by their {@link Outline}s, in {@link Places}: a client's next query is mostly its last one with other constants,
 * and only these are read then. What is kept holds none of them, nor a cursor. Only what was read without a fault is
 * remembered, and nothing in a gap can be a fault that the reader tells but its length. Thread-safe.
 */
final class KnownQueries {

    private static final Literal NO_TEXT = new Literal.Text("");
    private static final Literal NO_NUMBER = new Literal.Number(0);

    private final Places<Outline, Query> places;
    private final int stringBytes;

    /**
     * @param capacity a power of two, at least four
     * @param limits of the reader
     */
    KnownQueries(int capacity, Limits limits) {
        this.places = new Places<>(capacity);
        this.stringBytes = limits.stringBytes();
    }

    /** The query that the text is; null if nobody knows without reading it. */
    @Nullable Query find(Outline outline) {
        Query known = places.find(outline);
        return known == null ? null : filled(known, outline);
    }

    /** Keeps what was read from the text, if it can be told from another text of the same outline. */
    void remember(Outline outline, Query read) {
        if (read.aggregate() != null || read.sort().stream().anyMatch(key -> key.rank() != null)) {
            return;
        }
        Query empty = with(read, KnownQueries::emptied, read.page().cursor() == null ? null : "");
        if (read.equals(filled(empty, outline))) {
            places.put(outline.emptied(), empty);
        }
    }

    /** How many are known. */
    int size() {
        return places.size();
    }

    private static Literal emptied(Literal literal) {
        return switch (literal) {
            case Literal.Text text -> NO_TEXT;
            case Literal.Number number -> NO_NUMBER;
            case Literal.Flag flag -> flag;
            case Literal.Texts texts -> throw new IllegalStateException("a list of texts in a query");
        };
    }

    private @Nullable Query filled(Query empty, Outline outline) {
        int gaps = outline.gaps();
        for (int gap = 0; gap < gaps; gap++) {
            if (outline.isText(gap) && gap != outline.cursor() && outline.length(gap) > stringBytes) {
                return null;
            }
        }
        Gaps constants = new Gaps(outline);
        boolean paged = empty.page().cursor() != null && outline.cursor() >= 0;
        Query filled = with(empty, constants, paged ? outline.text(outline.cursor()) : null);
        return constants.isAtEnd() ? filled : null;
    }

    /** The constants of a text, one after another. */
    private static final class Gaps implements UnaryOperator<Literal> {

        private final Outline outline;
        private int next;

        Gaps(Outline outline) {
            this.outline = outline;
        }

        @Override
        public Literal apply(Literal empty) {
            if (empty instanceof Literal.Flag) {
                return empty;
            }
            skipCursor();
            return next < outline.gaps() ? outline.literal(next++) : empty;
        }

        boolean isAtEnd() {
            skipCursor();
            return next == outline.gaps();
        }

        private void skipCursor() {
            if (next == outline.cursor()) {
                next++;
            }
        }
    }

    private static Query with(Query query, UnaryOperator<Literal> constants, @Nullable String cursor) {
        PageRequest page = query.page();
        return new Query(
                with(query.filter(), constants),
                query.sort(),
                new PageRequest(page.limit(), cursor, page.count()),
                query.fields(),
                query.tz(),
                query.form(),
                null);
    }

    private static Filter with(Filter filter, UnaryOperator<Literal> constants) {
        return switch (filter) {
            case Filter.All all -> all;
            case Condition(String field, Op op, Operand operand, boolean ci) ->
                new Condition(field, op, with(operand, constants), ci);
            case And(List<Filter> nodes) -> new And(with(nodes, constants));
            case Or(List<Filter> nodes) -> new Or(with(nodes, constants));
            case Not(Filter node) -> new Not(with(node, constants));
            case Segment segment -> segment;
        };
    }

    private static List<Filter> with(List<Filter> nodes, UnaryOperator<Literal> constants) {
        Filter[] others = new Filter[nodes.size()];
        for (int i = 0; i < others.length; i++) {
            others[i] = with(nodes.get(i), constants);
        }
        return List.of(others);
    }

    private static Operand with(Operand operand, UnaryOperator<Literal> constants) {
        return switch (operand) {
            case Operand.One(Literal value) -> new Operand.One(constants.apply(value));
            case Operand.Range(Literal low, Literal high) -> {
                Literal from = constants.apply(low);
                yield new Operand.Range(from, constants.apply(high));
            }
            case Operand.Many(List<Literal> values) -> {
                Literal[] others = new Literal[values.size()];
                for (int i = 0; i < others.length; i++) {
                    others[i] = constants.apply(values.get(i));
                }
                yield new Operand.Many(List.of(others));
            }
            case Operand.During during -> during;
        };
    }
}
