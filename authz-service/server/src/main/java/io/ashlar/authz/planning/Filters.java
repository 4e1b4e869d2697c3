package io.ashlar.authz.planning;

import io.ashlar.filter.dsl.Filter;
import io.ashlar.filter.dsl.Filter.And;
import io.ashlar.filter.dsl.Filter.Condition;
import io.ashlar.filter.dsl.Filter.Not;
import io.ashlar.filter.dsl.Filter.Or;
import io.ashlar.filter.dsl.Literal;
import io.ashlar.filter.dsl.Op;
import io.ashlar.filter.dsl.Operand;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Combines filters without what says nothing: constants, repetitions, presence that another comparison implies already. Each
 * simplification is an equivalence over all rows, also those without a value. Static; order of nodes is kept.
 */
final class Filters {

    private static final Operand NO = new Operand.One(Literal.of(false));
    private static final Operand YES = new Operand.One(Literal.of(true));

    private Filters() {}

    /** NULL is an absent attribute. */
    static Filter present(String path) {
        return new Condition(path, Op.IS_NULL, NO);
    }

    static Filter absent(String path) {
        return new Condition(path, Op.IS_NULL, YES);
    }

    static boolean isNone(Filter filter) {
        return filter instanceof Or(List<Filter> nodes) && nodes.isEmpty();
    }

    static boolean isAll(Filter filter) {
        return filter instanceof Filter.All;
    }

    /** The other rows. */
    static Filter not(Filter filter) {
        if (isNone(filter)) {
            return Filter.all();
        }
        return switch (filter) {
            case Filter.All all -> Filter.none();
            case Not(Filter inner) -> inner;
            case Condition condition -> not(condition);
            case And and -> new Not(and);
            case Or or -> new Not(or);
            case Filter.Segment segment -> throw new IllegalArgumentException("no segment in a plan");
        };
    }

    private static Filter not(Condition condition) {
        String path = condition.field();
        Operand operand = condition.operand();
        return switch (condition.op()) {
            case IS_NULL -> operand.equals(NO) ? absent(path) : present(path);
            case EQ -> new Condition(path, Op.NEQ, operand);
            case NEQ -> new Condition(path, Op.EQ, operand);
            case IN -> new Condition(path, Op.NOT_IN, operand);
            case NOT_IN -> new Condition(path, Op.IN, operand);
            case GT, GTE, LT, LTE, BETWEEN, CONTAINS, STARTS_WITH, ENDS_WITH, HAS, HAS_ANY, HAS_ALL, SEARCH, WITHIN ->
                new Not(condition);
        };
    }

    static Filter and(Filter left, Filter right) {
        return and(List.of(left, right));
    }

    static Filter and(Collection<Filter> filters) {
        Set<Filter> nodes = new LinkedHashSet<>();
        for (Filter filter : filters) {
            nodes.addAll(conjuncts(filter));
        }
        Set<String> implied = new HashSet<>();
        for (Filter node : nodes) {
            if (isNone(node) || hasContrary(node, nodes)) {
                return Filter.none();
            }
            if (node instanceof Condition condition && needsValue(condition)) {
                implied.add(condition.field());
            }
        }
        nodes.removeIf(node -> node instanceof Condition condition
                && isPresence(condition, NO)
                && implied.contains(condition.field()));
        return switch (nodes.size()) {
            case 0 -> Filter.all();
            case 1 -> nodes.iterator().next();
            default -> new And(List.copyOf(nodes));
        };
    }

    static Filter or(Filter left, Filter right) {
        return or(List.of(left, right));
    }

    static Filter or(Collection<Filter> filters) {
        Set<Filter> nodes = new LinkedHashSet<>();
        for (Filter filter : filters) {
            if (filter instanceof Or(List<Filter> inner)) {
                nodes.addAll(inner);
            } else {
                nodes.add(filter);
            }
        }
        Set<String> present = new HashSet<>();
        for (Filter node : nodes) {
            if (isAll(node) || hasContrary(node, nodes)) {
                return Filter.all();
            }
            if (node instanceof Condition condition && isPresence(condition, NO)) {
                present.add(condition.field());
            }
        }
        nodes.removeIf(node -> !(node instanceof Condition condition && isPresence(condition, NO))
                && conjuncts(node).stream().anyMatch(part -> impliesAny(part, present)));
        List<Filter> merged = merged(nodes);
        return merged.size() == 1 ? merged.getFirst() : new Or(merged);
    }

    /** The conjunction's nodes; of everything, none. */
    static List<Filter> conjuncts(Filter filter) {
        return switch (filter) {
            case And(List<Filter> inner) -> inner;
            case Filter.All all -> List.of();
            case Condition condition -> List.of(condition);
            case Or or -> List.of(or);
            case Not not -> List.of(not);
            case Filter.Segment segment -> throw new IllegalArgumentException("no segment in a plan");
        };
    }

    /** How many nodes it has, or {@code max} if there are as many. */
    static int size(Filter filter, int max) {
        int size = 1;
        List<Filter> inner =
                switch (filter) {
                    case And(List<Filter> nodes) -> nodes;
                    case Or(List<Filter> nodes) -> nodes;
                    case Not(Filter node) -> List.of(node);
                    case Filter.All all -> List.of();
                    case Condition condition -> List.of();
                    case Filter.Segment segment -> List.of();
                };
        for (Filter node : inner) {
            if (size >= max) {
                return max;
            }
            size += size(node, max - size);
        }
        return size;
    }

    private static boolean impliesAny(Filter part, Set<String> present) {
        return part instanceof Condition condition
                && present.contains(condition.field())
                && (needsValue(condition) || isPresence(condition, NO));
    }

    /** Presence beside absence of one attribute. */
    private static boolean hasContrary(Filter node, Set<Filter> nodes) {
        return node instanceof Condition condition && condition.op() == Op.IS_NULL && nodes.contains(not(condition));
    }

    private static boolean isPresence(Condition condition, Operand operand) {
        return condition.op() == Op.IS_NULL && condition.operand().equals(operand);
    }

    /** Whether an absent value never satisfies it. */
    private static boolean needsValue(Condition condition) {
        return switch (condition.op()) {
            case EQ, GT, GTE, LT, LTE, BETWEEN, IN, CONTAINS, STARTS_WITH, ENDS_WITH, HAS, HAS_ANY, HAS_ALL, SEARCH ->
                true;
            case NEQ, NOT_IN, IS_NULL, WITHIN -> false;
        };
    }

    /** What one attribute is equal to becomes one list, so that thousands of small policies are one condition. */
    private static List<Filter> merged(Collection<Filter> nodes) {
        Map<String, Set<Literal>> values = new LinkedHashMap<>();
        for (Filter node : nodes) {
            if (node instanceof Condition condition) {
                values.computeIfAbsent(condition.field(), field -> new LinkedHashSet<>())
                        .addAll(literals(condition));
            }
        }
        List<Filter> merged = new ArrayList<>(nodes.size());
        Set<String> written = new HashSet<>();
        for (Filter node : nodes) {
            if (!(node instanceof Condition condition) || literals(condition).isEmpty()) {
                merged.add(node);
            } else if (written.add(condition.field())) {
                merged.add(oneOf(condition.field(), List.copyOf(values.getOrDefault(condition.field(), Set.of()))));
            }
        }
        return merged;
    }

    private static List<Literal> literals(Condition condition) {
        if (condition.op() == Op.EQ && condition.operand() instanceof Operand.One(Literal value)) {
            return List.of(value);
        }
        return condition.op() == Op.IN && condition.operand() instanceof Operand.Many(List<Literal> many)
                ? many
                : List.of();
    }

    /** Present, and equal to one of these. */
    static Filter oneOf(String path, List<Literal> values) {
        return switch (values.size()) {
            case 0 -> Filter.none();
            case 1 -> new Condition(path, Op.EQ, new Operand.One(values.getFirst()));
            default -> new Condition(path, Op.IN, new Operand.Many(values));
        };
    }

    /** Present, and equal to none of these. */
    static Filter noneOf(String path, List<Literal> values) {
        Filter differs =
                switch (values.size()) {
                    case 0 -> Filter.all();
                    case 1 -> new Condition(path, Op.NEQ, new Operand.One(values.getFirst()));
                    default -> new Condition(path, Op.NOT_IN, new Operand.Many(values));
                };
        return and(present(path), differs);
    }
}
