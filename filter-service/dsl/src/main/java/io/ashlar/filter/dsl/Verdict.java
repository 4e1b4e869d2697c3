package io.ashlar.filter.dsl;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How one row fares at one node of a client's filter: whether the node lets it through, and the same of the nodes inside.
 * Immutable.
 *
 * @param pointer RFC 6901, where the node stands in the client's query
 * @param node as the client wrote it
 * @param checked what it means in the dataset's terms: a day as instants, a segment as what it stands for
 * @param nodes those inside; none inside a condition or a segment
 */
public record Verdict(String pointer, Filter node, Filter checked, boolean passes, List<Verdict> nodes) {

    public Verdict {
        nodes = List.copyOf(nodes);
    }

    /**
     * Judges a row by each node of a query's filter. The verdict of the whole is {@link Interpreter}'s of {@code checked}.
     *
     * @param query as it was read
     * @param checked what {@link Checker} made of the query's filter, without a plan
     * @param row typed values by field name, of all fields that the filter names
     */
    public static Verdict of(
            Query query, Filter checked, Dataset dataset, Map<String, ? extends @Nullable Object> row) {
        Walk walk = new Walk(dataset, row, new Path());
        int mark = walk.path.enter("filters");
        Verdict verdict = query.form().filterList() && query.filter() instanceof Filter.And(List<Filter> nodes)
                ? walk.all(query.filter(), nodes, checked)
                : walk.of(query.filter(), checked);
        walk.path.leave(mark);
        return verdict;
    }

    /**
     * The innermost nodes that must change for this one to: of a conjunction that fails those that fail, of a negation
     * what it negates. Never empty; a node without nodes is its own cause.
     */
    public List<Verdict> causes() {
        List<Verdict> causes = new ArrayList<>();
        collect(!passes, causes);
        return causes;
    }

    private void collect(boolean wanted, List<Verdict> causes) {
        if (nodes.isEmpty()) {
            causes.add(this);
            return;
        }
        boolean inner = (node instanceof Filter.Not) != wanted;
        for (Verdict verdict : nodes) {
            if (verdict.passes != inner) {
                verdict.collect(inner, causes);
            }
        }
    }

    /** Walks what the client wrote and what the checker made of it side by side; see {@link FilterCheck}. */
    private record Walk(Dataset dataset, Map<String, ? extends @Nullable Object> row, Path path) {

        Verdict of(Filter node, Filter checked) {
            return switch (node) {
                case Filter.All all -> leaf(node, checked);
                case Filter.Condition condition -> leaf(node, checked);
                case Filter.Segment segment -> leaf(node, checked);
                case Filter.And(List<Filter> nodes) -> {
                    int mark = path.enter("and");
                    Verdict inner = all(node, nodes, checked);
                    path.leave(mark);
                    yield inner.at(path.toString());
                }
                case Filter.Or(List<Filter> nodes) -> {
                    if (!(checked instanceof Filter.Or(List<Filter> made)) || made.size() != nodes.size()) {
                        throw new IllegalArgumentException("the checked filter is another's");
                    }
                    int mark = path.enter("or");
                    List<Verdict> inner = each(nodes, made);
                    path.leave(mark);
                    yield new Verdict(
                            path.toString(), node, checked, inner.stream().anyMatch(Verdict::passes), inner);
                }
                case Filter.Not(Filter negated) -> {
                    if (!(checked instanceof Filter.Not(Filter made))) {
                        throw new IllegalArgumentException("the checked filter is another's");
                    }
                    int mark = path.enter("not");
                    Verdict inner = of(negated, made);
                    path.leave(mark);
                    yield new Verdict(path.toString(), node, checked, !inner.passes, List.of(inner));
                }
            };
        }

        /** A conjunction; the checker leaves none around no node or one. */
        Verdict all(Filter node, List<Filter> nodes, Filter checked) {
            List<Filter> made =
                    switch (nodes.size()) {
                        case 0 -> List.of();
                        case 1 -> List.of(checked);
                        default -> checked instanceof Filter.And(List<Filter> several) ? several : List.of();
                    };
            if (made.size() != nodes.size()) {
                throw new IllegalArgumentException("the checked filter is another's");
            }
            List<Verdict> inner = each(nodes, made);
            return new Verdict(path.toString(), node, checked, inner.stream().allMatch(Verdict::passes), inner);
        }

        private List<Verdict> each(List<Filter> nodes, List<Filter> made) {
            List<Verdict> inner = new ArrayList<>(nodes.size());
            for (int i = 0; i < nodes.size(); i++) {
                int mark = path.enter(i);
                inner.add(of(nodes.get(i), made.get(i)));
                path.leave(mark);
            }
            return inner;
        }

        private Verdict leaf(Filter node, Filter checked) {
            boolean passes = Interpreter.of(checked, dataset).test(row);
            return new Verdict(path.toString(), node, checked, passes, List.of());
        }
    }

    private Verdict at(String other) {
        return new Verdict(other, node, checked, passes, nodes);
    }
}
