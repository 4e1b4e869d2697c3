package io.ashlar.filter.advice;

import io.ashlar.filter.client.Advice;
import io.ashlar.filter.dsl.Dataset;
import io.ashlar.filter.dsl.Field;
import io.ashlar.filter.dsl.Filter;
import io.ashlar.filter.dsl.Op;
import io.ashlar.filter.dsl.Query;
import io.ashlar.filter.dsl.SortKey;
import io.ashlar.filter.dsl.Source;
import io.ashlar.router.client.DescribeAnswer.Index;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * For each condition and order of one query, whether an index of PostgreSQL serves it, and what would help. Not thread-safe;
 * for one query.
 *
 * <p>The catalogue does not say an index's collation and direction: strings are taken to be indexed by {@code COLLATE "C"},
 * and every index to ascend with nulls last.
 */
public final class IndexAdvice {

    private static final String POINTER = "/filters";

    private final Dataset dataset;
    private final List<Index> indexes;
    private final OperatorClass operators;
    private final Set<String> fixed = new LinkedHashSet<>();
    private final List<Advice> found = new ArrayList<>();

    private IndexAdvice(Dataset dataset, List<Index> indexes) {
        this.dataset = dataset;
        this.indexes = indexes;
        this.operators = new OperatorClass(dataset);
    }

    /**
     * The advice for a checked query, in the order in which the client wrote it.
     *
     * @param query as it was read; its pointers count
     * @param sort as it was checked, with the tie-break; empty if groups are asked for
     * @param indexes of the dataset's relation
     */
    public static List<Advice> of(Query query, List<SortKey> sort, Dataset dataset, List<Index> indexes) {
        IndexAdvice advice = new IndexAdvice(dataset, indexes);
        boolean list = query.form().filterList() && query.filter() instanceof Filter.And;
        advice.fixed(query.filter());
        if (list && query.filter() instanceof Filter.And(List<Filter> nodes)) {
            advice.all(nodes, POINTER, true);
        } else {
            advice.node(query.filter(), POINTER, true);
        }
        advice.order(query, sort);
        return List.copyOf(advice.found);
    }

    /** Columns that have one value in all rows of the answer: an index may have them before the one that is looked for. */
    private void fixed(Filter filter) {
        switch (filter) {
            case Filter.And(List<Filter> nodes) -> nodes.forEach(this::fixed);
            case Filter.Condition condition -> {
                Field field = dataset.field(condition.field());
                boolean one = condition.op() == Op.EQ && !condition.ignoreCase();
                if (one && field != null && field.source() instanceof Source.Column(String column)) {
                    fixed.add(column);
                }
            }
            case Filter.All all -> {}
            case Filter.Or or -> {}
            case Filter.Not not -> {}
            case Filter.Segment segment -> {}
        }
    }

    /** Whether an index finds the rows that the node lets through; with complements pushed down as the compiler does. */
    private boolean node(Filter filter, String pointer, boolean wanted) {
        return switch (filter) {
            case Filter.All all -> false;
            case Filter.Segment segment -> false;
            case Filter.Condition condition -> condition(condition, pointer, wanted);
            case Filter.Not(Filter inner) -> node(inner, pointer + "/not", !wanted);
            case Filter.And(List<Filter> nodes) ->
                wanted ? all(nodes, pointer + "/and", true) : any(nodes, pointer + "/and", false);
            case Filter.Or(List<Filter> nodes) ->
                wanted ? any(nodes, pointer + "/or", true) : all(nodes, pointer + "/or", false);
        };
    }

    /** One of them is enough: the others are looked at in the rows that it finds. */
    private boolean all(List<Filter> nodes, String pointer, boolean wanted) {
        boolean served = false;
        for (int i = 0; i < nodes.size(); i++) {
            served |= node(nodes.get(i), pointer + "/" + i, wanted);
        }
        return served;
    }

    /** All of them are needed: where one branch has to read every row, the indexes of the others save nothing. */
    private boolean any(List<Filter> nodes, String pointer, boolean wanted) {
        int from = found.size();
        boolean served = !nodes.isEmpty();
        for (int i = 0; i < nodes.size(); i++) {
            served &= node(nodes.get(i), pointer + "/" + i, wanted);
        }
        if (!served) {
            for (int i = from; i < found.size(); i++) {
                Advice branch = found.get(i);
                if (branch.verdict().equals(Advice.INDEXED)) {
                    found.set(
                            i,
                            branch.with(
                                    Advice.OTHER_BRANCH,
                                    "The index would serve, but another branch beside it needs every row.",
                                    "Give the other branches an index, or put a condition that has one beside the whole."));
                }
            }
        }
        return served;
    }

    private boolean condition(Filter.Condition condition, String pointer, boolean wanted) {
        Field field = dataset.require(condition.field());
        Advice unserved = operators.unserved(condition, field, pointer, wanted, indexes);
        if (unserved != null) {
            found.add(unserved);
            return false;
        }
        String column = ((Source.Column) field.source()).column();
        Index later = null;
        for (Index index : indexes) {
            switch (place(index, column)) {
                case FOUND -> {
                    found.add(new Advice(
                            pointer, field.name(), Advice.INDEXED, index.name(), "The index finds the rows.", null));
                    return true;
                }
                case LATER -> later = index;
                case ABSENT -> {}
            }
        }
        found.add(
                later == null
                        ? new Advice(
                                pointer,
                                field.name(),
                                Advice.NO_INDEX,
                                null,
                                "No index has the column " + column + ".",
                                operators.create(field, column))
                        : new Advice(
                                pointer,
                                field.name(),
                                Advice.NOT_LEADING,
                                later.name(),
                                "The index has the column, but others stand before it that the filter does not fix.",
                                operators.create(field, column)));
        return false;
    }

    private enum Place {
        FOUND,
        LATER,
        ABSENT
    }

    /** The tenant and what the filter fixes may stand before the column; a block-range index has no order. */
    private Place place(Index index, String column) {
        int at = index.columns().indexOf(column);
        boolean range = index.method().equals("brin");
        if (at < 0 || !(range || index.method().equals("btree"))) {
            return Place.ABSENT;
        }
        boolean reached = range
                || index.columns().subList(0, at).stream()
                        .allMatch(before -> before.equals(dataset.tenantColumn()) || fixed.contains(before));
        return reached ? Place.FOUND : Place.LATER;
    }

    private void order(Query query, List<SortKey> sort) {
        if (sort.isEmpty()) {
            return;
        }
        boolean said = !query.sort().isEmpty();
        String pointer = said ? "/sort" : "";
        String names = String.join(", ", sort.stream().map(SortKey::field).toList());
        List<String> columns = new ArrayList<>();
        for (SortKey key : sort) {
            Field field = dataset.require(key.field());
            if (key.rank() != null || !(field.source() instanceof Source.Column(String column))) {
                found.add(new Advice(
                        pointer,
                        key.field(),
                        Advice.SORTED,
                        null,
                        "Every row that matches is sorted: this key is worked out row by row.",
                        key.rank() == null ? operators.generate(field) : null));
                return;
            }
            columns.add(column);
        }
        if (!oneWay(sort)) {
            found.add(
                    new Advice(
                            pointer,
                            names,
                            Advice.SORTED,
                            null,
                            "Every row that matches is sorted: the keys run both ways, or absent values stand where no index has them.",
                            "Let all keys run one way, with absent values last where they ascend and first where they descend."));
            return;
        }
        for (Index index : indexes) {
            if (index.method().equals("btree") && follows(index, columns)) {
                found.add(new Advice(
                        pointer,
                        names,
                        Advice.INDEXED,
                        index.name(),
                        "Pages follow the index; nothing is sorted.",
                        null));
                return;
            }
        }
        found.add(new Advice(
                pointer,
                names,
                Advice.SORTED,
                null,
                "Every row that matches is sorted for each page: no index has this order.",
                "CREATE INDEX ON " + dataset.relation() + " (" + dataset.tenantColumn() + ", "
                        + String.join(", ", columns) + ");"));
    }

    private boolean oneWay(List<SortKey> sort) {
        SortKey.Direction way = sort.getFirst().dir();
        return sort.stream().allMatch(key -> {
            boolean last = key.nulls() == SortKey.Nulls.LAST;
            boolean placed = !dataset.require(key.field()).nullable() || last == (way == SortKey.Direction.ASC);
            return key.dir() == way && placed;
        });
    }

    /** Columns with one value in the whole answer, the tenant's among them, order nothing. */
    private boolean follows(Index index, List<String> columns) {
        List<String> has = ordering(index.columns());
        List<String> wanted = ordering(columns);
        return has.size() >= wanted.size() && has.subList(0, wanted.size()).equals(wanted);
    }

    private List<String> ordering(List<String> columns) {
        return columns.stream()
                .filter(column -> !column.equals(dataset.tenantColumn()) && !fixed.contains(column))
                .toList();
    }
}
