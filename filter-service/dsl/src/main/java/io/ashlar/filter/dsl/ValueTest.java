package io.ashlar.filter.dsl;

import io.ashlar.filter.dsl.Filter.Condition;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One condition as a test of one value. An absent value is null, and satisfies neq, not_in and is_null true only. */
record ValueTest(Field field, Condition condition) {

    Predicate<@Nullable Object> predicate() {
        return switch (condition.op()) {
            case EQ -> compared(order -> order == 0);
            case NEQ -> compared(order -> order == 0).negate();
            case GT -> compared(order -> order > 0);
            case GTE -> compared(order -> order >= 0);
            case LT -> compared(order -> order < 0);
            case LTE -> compared(order -> order <= 0);
            case BETWEEN -> between();
            case IN -> in();
            case NOT_IN -> in().negate();
            case CONTAINS -> text((value, constant) -> value.contains(constant));
            case STARTS_WITH -> text(String::startsWith);
            case ENDS_WITH -> text(String::endsWith);
            case SEARCH -> {
                List<String> wanted = Words.distinct(String.valueOf(one()));
                yield value -> value instanceof String text && Words.of(text).containsAll(wanted);
            }
            case HAS -> {
                Object wanted = one();
                yield value -> value instanceof List<?> list && list.contains(wanted);
            }
            case HAS_ALL -> {
                List<Object> wanted = many();
                yield value -> value instanceof List<?> list && list.containsAll(wanted);
            }
            case HAS_ANY -> {
                Set<Object> wanted = Set.copyOf(new HashSet<>(many()));
                yield value -> value instanceof List<?> list && list.stream().anyMatch(wanted::contains);
            }
            case IS_NULL -> {
                boolean wanted = condition.operand().equals(new Operand.One(new Literal.Flag(true)));
                yield value -> (value == null) == wanted;
            }
            case WITHIN -> throw new IllegalArgumentException("a period that nobody resolved");
        };
    }

    private Predicate<@Nullable Object> compared(IntPredicate wanted) {
        Object constant = one();
        Comparator<Object> order = Values.order(field.type());
        return value -> value != null && wanted.test(order.compare(cased(value), constant));
    }

    private Predicate<@Nullable Object> between() {
        if (!(condition.operand() instanceof Operand.Range(Literal low, Literal high))) {
            throw new IllegalArgumentException("between without a range");
        }
        Object from = typed(low);
        Object to = typed(high);
        Comparator<Object> order = Values.order(field.type());
        return value -> value != null && order.compare(cased(value), from) >= 0 && order.compare(cased(value), to) < 0;
    }

    private Predicate<@Nullable Object> in() {
        List<Object> constants = many();
        Comparator<Object> order = Values.order(field.type());
        return value -> {
            if (value == null) {
                return false;
            }
            Object found = cased(value);
            for (Object constant : constants) {
                if (order.compare(found, constant) == 0) {
                    return true;
                }
            }
            return false;
        };
    }

    /** How two strings may relate. */
    private interface Relation {
        boolean holds(String value, String constant);
    }

    private Predicate<@Nullable Object> text(Relation relation) {
        String constant = String.valueOf(one());
        return value -> value != null && cased(value) instanceof String text && relation.holds(text, constant);
    }

    private Object one() {
        if (!(condition.operand() instanceof Operand.One(Literal value))) {
            throw new IllegalArgumentException("an operand that does not fit " + condition.op());
        }
        return typed(value);
    }

    private List<Object> many() {
        if (!(condition.operand() instanceof Operand.Many(List<Literal> values))) {
            throw new IllegalArgumentException("an operand that does not fit " + condition.op());
        }
        return values.stream().map(this::typed).toList();
    }

    private Object typed(Literal literal) {
        return cased(Values.checked(field.type(), literal));
    }

    private Object cased(Object value) {
        return condition.ignoreCase() && value instanceof String text ? Texts.lower(text) : value;
    }
}
