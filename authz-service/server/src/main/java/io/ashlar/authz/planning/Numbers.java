package io.ashlar.authz.planning;

import io.ashlar.authz.planning.Scale.Kind;
import io.ashlar.authz.planning.Term.Failing;
import io.ashlar.authz.planning.Term.Known;
import io.ashlar.authz.planning.Term.Scaled;
import io.ashlar.authz.planning.Term.Stored;
import io.ashlar.authz.planning.Term.Test;
import io.ashlar.cedar.syntax.ExtensionFunction;
import io.ashlar.cedar.syntax.Operator;
import io.ashlar.cedar.syntax.Span;
import io.ashlar.cedar.value.Datetime;
import io.ashlar.cedar.value.Duration;
import io.ashlar.cedar.value.Value;
import io.ashlar.filter.dsl.Filter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is computed from one number of a row and constants, as a {@link Scale}; and the functions of extension types. Terms are
 * neither failing nor a choice, and not all known.
 */
final class Numbers {

    private final Comparison comparison;

    Numbers(Comparison comparison) {
        this.comparison = comparison;
    }

    Term negate(Term operand, Span at) {
        Scaled scaled = computable(operand, Kind.LONG, at);
        return scaled == null ? new Failing() : with(scaled, scaled.scale().times(-1));
    }

    Term calculate(Operator operator, Term left, Term right, Span at) {
        boolean constantFirst = left instanceof Known;
        if (!constantFirst && !(right instanceof Known)) {
            if (computable(left, Kind.LONG, at) == null || computable(right, Kind.LONG, at) == null) {
                return new Failing();
            }
            throw new NotTranslatableException(at, "a filter does not compute with two values of a row");
        }
        Value constant = ((Known) (constantFirst ? left : right)).value();
        Scaled scaled = computable(constantFirst ? right : left, Kind.LONG, at);
        if (scaled == null || !(constant instanceof Value.Whole(long number))) {
            return new Failing();
        }
        Scale scale = scaled.scale();
        return switch (operator) {
            case ADD -> with(scaled, scale.plus(number, Kind.LONG));
            case SUBTRACT ->
                constantFirst
                        ? with(scaled, scale.minusFrom(number, Kind.LONG))
                        : with(scaled, scale.minus(number, Kind.LONG));
            case MULTIPLY ->
                number == 0
                        ? guarded(Comparison.defined(scaled), new Value.Whole(0))
                        : with(scaled, scale.times(number));
            default -> throw new IllegalArgumentException(operator + " does not calculate");
        };
    }

    private static Term with(Scaled scaled, Scale scale) {
        return new Scaled(scaled.of(), scale);
    }

    private static Term guarded(Filter defined, Value value) {
        return new Term.Choice(Formula.constant(defined, true), new Known(value), new Failing());
    }

    /** As a number of the kind; null if it never is one, which is an error for every row. */
    private static @Nullable Scaled computable(Term term, Kind kind, Span at) {
        Scaled scaled = Comparison.scaled(term, kind, at);
        if (scaled == null || scaled.scale().kind() != kind) {
            return null;
        } else if (!scaled.scale().isExact()) {
            throw new NotTranslatableException(at, "a filter does not compute with a quotient");
        }
        return scaled;
    }

    Term call(ExtensionFunction function, List<Term> arguments, Span at) {
        Term first = arguments.getFirst();
        return switch (function) {
            case LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL ->
                arguments.size() != 2
                        ? new Failing()
                        : new Test(comparison.decimals(function, first, arguments.get(1), at));
            case OFFSET -> arguments.size() != 2 ? new Failing() : offset(first, arguments.get(1), at);
            case DURATION_SINCE -> arguments.size() != 2 ? new Failing() : since(first, arguments.get(1), at);
            case TO_DATE -> arguments.size() != 1 ? new Failing() : toDate(first, at);
            case TO_MILLISECONDS -> duration(arguments, 1, at);
            case TO_SECONDS -> duration(arguments, 1_000, at);
            case TO_MINUTES -> duration(arguments, 60_000, at);
            case TO_HOURS -> duration(arguments, 3_600_000, at);
            case TO_DAYS -> duration(arguments, 86_400_000, at);
            case TO_TIME -> {
                if (arguments.size() != 1 || computable(first, Kind.DATETIME, at) == null) {
                    yield new Failing();
                }
                throw new NotTranslatableException(at, "a filter does not look at the time of day");
            }
            case IP, DECIMAL, DATETIME, DURATION -> construct(function, arguments, at);
            case IS_IPV4, IS_IPV6, IS_LOOPBACK, IS_MULTICAST, IS_IN_RANGE -> address(arguments, at);
        };
    }

    private Term offset(Term instant, Term by, Span at) {
        if (by instanceof Known(Value value)) {
            Scaled scaled = computable(instant, Kind.DATETIME, at);
            return scaled == null || !(value instanceof Duration(long millis))
                    ? new Failing()
                    : with(scaled, scaled.scale().plus(millis, Kind.DATETIME));
        }
        Scaled scaled = computable(by, Kind.DURATION, at);
        if (scaled == null) {
            return new Failing();
        } else if (instant instanceof Known(Value value)) {
            return value instanceof Datetime(long millis)
                    ? with(scaled, scaled.scale().plus(millis, Kind.DATETIME))
                    : new Failing();
        }
        throw new NotTranslatableException(at, "a filter does not compute with two values of a row");
    }

    private Term since(Term instant, Term other, Span at) {
        if (other instanceof Known(Value value)) {
            Scaled scaled = computable(instant, Kind.DATETIME, at);
            return scaled == null || !(value instanceof Datetime(long millis))
                    ? new Failing()
                    : with(scaled, scaled.scale().minus(millis, Kind.DURATION));
        }
        Scaled scaled = computable(other, Kind.DATETIME, at);
        if (scaled == null) {
            return new Failing();
        } else if (instant instanceof Known(Value value)) {
            return value instanceof Datetime(long millis)
                    ? with(scaled, scaled.scale().minusFrom(millis, Kind.DURATION))
                    : new Failing();
        }
        throw new NotTranslatableException(at, "a filter does not compute with two values of a row");
    }

    private Term toDate(Term instant, Span at) {
        Scaled scaled = computable(instant, Kind.DATETIME, at);
        if (scaled == null) {
            return new Failing();
        } else if (!scaled.scale().isIdentity()) {
            throw new NotTranslatableException(at, "a filter cuts only what is stored to days");
        }
        return with(scaled, scaled.scale().cutToDay());
    }

    private Term duration(List<Term> arguments, long unitMillis, Span at) {
        Scaled scaled = arguments.size() == 1 ? computable(arguments.getFirst(), Kind.DURATION, at) : null;
        return scaled == null ? new Failing() : with(scaled, scaled.scale().dividedBy(unitMillis));
    }

    private static Term construct(ExtensionFunction function, List<Term> arguments, Span at) {
        if (arguments.size() == 1 && arguments.getFirst() instanceof Stored stored) {
            switch (stored.kind()) {
                case TEXT, UNTYPED, OPAQUE ->
                    throw new NotTranslatableException(at, "a filter does not read a text as " + function.text());
                case FLAG, LONG, DECIMAL, DATETIME, TEXTS, ENTITY, ENTITIES -> {}
            }
        }
        return new Failing();
    }

    /** No attribute of a declared type is an address. */
    private static Term address(List<Term> arguments, Span at) {
        for (Term argument : arguments) {
            if (argument instanceof Stored stored && stored.kind() == AttributeType.Kind.UNTYPED) {
                throw Leaves.undeclared(stored, at);
            } else if (argument instanceof Stored stored && stored.kind() == AttributeType.Kind.OPAQUE) {
                throw Leaves.opaque(stored, at);
            }
        }
        return new Failing();
    }
}
