package io.ashlar.authz.planning;

import io.ashlar.authz.planning.AttributeType.Kind;
import io.ashlar.authz.planning.Scale.Range;
import io.ashlar.authz.planning.Term.Known;
import io.ashlar.authz.planning.Term.Row;
import io.ashlar.authz.planning.Term.Scaled;
import io.ashlar.authz.planning.Term.Stored;
import io.ashlar.authz.planning.Term.Test;
import io.ashlar.cedar.EntityUid;
import io.ashlar.cedar.syntax.ExtensionFunction;
import io.ashlar.cedar.syntax.Operator;
import io.ashlar.cedar.syntax.Span;
import io.ashlar.cedar.value.Decimal;
import io.ashlar.cedar.value.Value;
import io.ashlar.filter.dsl.Filter;
import io.ashlar.filter.dsl.Literal;
import io.ashlar.filter.dsl.Op;
import java.math.BigInteger;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code ==} and the orders. Terms are neither failing nor a choice here, and not both known but where that is said. */
final class Comparison {

    private static final String TWO_VALUES = "a filter compares with constants, not two values of a row";

    private final RowType rows;

    Comparison(RowType rows) {
        this.rows = rows;
    }

    /** Both may be known. */
    Formula equal(Term left, Term right, Span at) {
        if (left instanceof Known(Value a)) {
            return right instanceof Known(Value b) ? Formula.of(a.equals(b)) : equalTo(right, a, at);
        } else if (right instanceof Known(Value b)) {
            return equalTo(left, b, at);
        }
        if (left instanceof Row && right instanceof Row) {
            return Formula.TRUE;
        }
        if (left instanceof Test(Formula a) && right instanceof Test(Formula b)) {
            return a.choose(b, b.not()).where(b.isDefined());
        }
        if (left instanceof Stored a && right instanceof Stored b) {
            if (a.path().equals(b.path()) && a.kind() != Kind.OPAQUE) {
                return Formula.constant(Filters.present(a.path()), true);
            } else if (isDeclared(a) && isDeclared(b) && neverEqual(a, b)) {
                return Formula.constant(Filters.and(Filters.present(a.path()), Filters.present(b.path())), false);
            }
        }
        throw new NotTranslatableException(at, TWO_VALUES);
    }

    private static boolean isDeclared(Stored stored) {
        return stored.kind() != Kind.UNTYPED && stored.kind() != Kind.OPAQUE;
    }

    private static boolean neverEqual(Stored one, Stored other) {
        return one.kind() != other.kind()
                || !Objects.equals(one.type().entity(), other.type().entity());
    }

    private Formula equalTo(Term term, Value value, Span at) {
        return switch (term) {
            case Stored stored -> Leaves.oneOf(stored, List.of(value), at);
            case Scaled scaled -> equalTo(scaled, value);
            case Test(Formula formula) ->
                value instanceof Value.Flag(boolean flag)
                        ? (flag ? formula : formula.not())
                        : Formula.constant(formula.isDefined(), false);
            case Row row ->
                value instanceof Value.Reference(EntityUid uid) ? Formula.total(row(List.of(uid), at)) : Formula.FALSE;
            case Term.Inner inner -> throw composed(at);
            case Term.Elements elements -> throw composed(at);
            case Term.Members members -> throw composed(at);
            case Term.Known known -> throw unexpected();
            case Term.Failing failing -> throw unexpected();
            case Term.Choice choice -> throw unexpected();
        };
    }

    private static NotTranslatableException composed(Span at) {
        return new NotTranslatableException(at, "a filter does not compare whole sets or records of a row");
    }

    static IllegalArgumentException unexpected() {
        return new IllegalArgumentException("a term that should have been resolved");
    }

    private static Formula equalTo(Scaled scaled, Value value) {
        Long number = Scale.number(scaled.scale().kind(), value);
        if (number == null) {
            return Formula.constant(defined(scaled), false);
        }
        BigInteger wanted = BigInteger.valueOf(number);
        Filter inside = within(scaled, new Range(wanted, wanted));
        Filter defined = defined(scaled);
        return new Formula(inside, Filters.and(defined, Filters.not(inside)), defined);
    }

    /** The rows for which it has a value. */
    static Filter defined(Term term) {
        return switch (term) {
            case Known known -> Filter.all();
            case Term.Failing failing -> Filter.none();
            case Row row -> Filter.all();
            case Stored stored -> Filters.present(stored.path());
            case Term.Inner inner ->
                Filters.or(inner.inside().stream().map(Filters::present).toList());
            case Scaled scaled -> within(scaled, Range.ALL);
            case Test test -> test.formula().isDefined();
            case Term.Elements elements -> defined(elements.elements());
            case Term.Members members -> defined(members.members().values());
            case Term.Choice choice -> choice.condition().either(defined(choice.then()), defined(choice.otherwise()));
        };
    }

    private static Filter defined(Collection<Term> terms) {
        return Filters.and(terms.stream().map(Comparison::defined).toList());
    }

    /** Computed without an error, and in the range. */
    private static Filter within(Scaled scaled, Range range) {
        Scale scale = scaled.scale();
        Range source = scale.domain().and(scale.source(range));
        return Filters.and(Filters.present(scaled.of().path()), Leaves.range(scaled.of(), source));
    }

    /** The rows that are one of these entities. */
    Filter row(Collection<EntityUid> uids, Span at) {
        List<Value> same = uids.stream()
                .filter(uid -> uid.type().equals(rows.name()))
                .<Value>map(Value.Reference::new)
                .toList();
        if (same.isEmpty()) {
            return Filter.none();
        }
        String id = rows.id();
        if (id == null) {
            throw new NotTranslatableException(at, "no attribute is declared as the id of a row");
        }
        AttributeType named = new AttributeType(rows.type(id).stored(), rows.name());
        return Leaves.oneOf(new Stored(id, named), same, at).isTrue();
    }

    /** {@code <} and its like. */
    Formula order(Operator operator, Term left, Term right, Span at) {
        if (left instanceof Known(Value value)) {
            return order(mirrored(operator), right, value, at);
        } else if (right instanceof Known(Value value)) {
            return order(operator, left, value, at);
        }
        if (isNeverNumber(left) || isNeverNumber(right)) {
            return Formula.ERROR;
        }
        throw new NotTranslatableException(at, TWO_VALUES);
    }

    private static Operator mirrored(Operator operator) {
        return switch (operator) {
            case LESS -> Operator.GREATER;
            case LESS_OR_EQUAL -> Operator.GREATER_OR_EQUAL;
            case GREATER -> Operator.LESS;
            case GREATER_OR_EQUAL -> Operator.LESS_OR_EQUAL;
            default -> throw new IllegalArgumentException(operator + " is no order");
        };
    }

    private static boolean isNeverNumber(Term term) {
        return switch (term) {
            case Scaled scaled -> false;
            case Stored stored ->
                switch (stored.kind()) {
                    case UNTYPED, LONG, DATETIME, OPAQUE -> false;
                    case TEXT, FLAG, DECIMAL, TEXTS, ENTITY, ENTITIES -> true;
                };
            case Row row -> true;
            case Test test -> true;
            case Term.Inner inner -> true;
            case Term.Elements elements -> true;
            case Term.Members members -> true;
            case Known known -> throw unexpected();
            case Term.Failing failing -> throw unexpected();
            case Term.Choice choice -> throw unexpected();
        };
    }

    private static Formula order(Operator operator, Term term, Value value, Span at) {
        Scale.Kind wanted = Scale.kind(value);
        Scaled scaled = isNeverNumber(term) || wanted == null ? null : scaled(term, wanted, at);
        Long number = scaled == null ? null : Scale.number(scaled.scale().kind(), value);
        if (scaled == null || number == null) {
            return Formula.ERROR;
        }
        Kind kind = scaled.of().kind();
        if (scaled.scale().isIdentity() && (kind == Kind.LONG || kind == Kind.UNTYPED)) {
            return direct(scaled.of().path(), operator, Literal.of(number));
        }
        BigInteger bound = BigInteger.valueOf(number);
        Range low = new Range(null, bound);
        Range below = new Range(null, bound.subtract(BigInteger.ONE));
        Range high = new Range(bound, null);
        Range above = new Range(bound.add(BigInteger.ONE), null);
        return switch (operator) {
            case LESS -> ranges(scaled, below, high);
            case LESS_OR_EQUAL -> ranges(scaled, low, above);
            case GREATER -> ranges(scaled, above, low);
            case GREATER_OR_EQUAL -> ranges(scaled, high, below);
            default -> throw new IllegalArgumentException(operator + " is no order");
        };
    }

    /** As something computed; null if it is no number. What is not declared is taken for a whole number only. */
    static @Nullable Scaled scaled(Term term, Scale.Kind wanted, Span at) {
        if (term instanceof Scaled scaled) {
            return scaled;
        }
        if (!(term instanceof Stored stored)) {
            return null;
        }
        return switch (stored.kind()) {
            case LONG -> new Scaled(stored, Scale.identity(Scale.Kind.LONG));
            case DATETIME -> new Scaled(stored, Scale.identity(Scale.Kind.DATETIME));
            case UNTYPED -> {
                if (wanted == Scale.Kind.LONG) {
                    yield new Scaled(stored, Scale.identity(Scale.Kind.LONG));
                }
                throw Leaves.undeclared(stored, at);
            }
            case OPAQUE -> throw Leaves.opaque(stored, at);
            case TEXT, FLAG, DECIMAL, TEXTS, ENTITY, ENTITIES -> null;
        };
    }

    private static Formula ranges(Scaled scaled, Range isTrue, Range isFalse) {
        return new Formula(within(scaled, isTrue), within(scaled, isFalse), defined(scaled));
    }

    private static Formula direct(String path, Operator operator, Literal value) {
        return switch (operator) {
            case LESS -> compared(path, Op.LT, Op.GTE, value);
            case LESS_OR_EQUAL -> compared(path, Op.LTE, Op.GT, value);
            case GREATER -> compared(path, Op.GT, Op.LTE, value);
            case GREATER_OR_EQUAL -> compared(path, Op.GTE, Op.LT, value);
            default -> throw new IllegalArgumentException(operator + " is no order");
        };
    }

    private static Formula compared(String path, Op op, Op opposite, Literal value) {
        return Formula.of(path, Leaves.condition(path, op, value), Leaves.condition(path, opposite, value));
    }

    /** The methods that order decimals. */
    Formula decimals(ExtensionFunction function, Term left, Term right, Span at) {
        boolean mirrored = left instanceof Known;
        Term term = mirrored ? right : left;
        Term other = mirrored ? left : right;
        if (isNeverDecimal(term) || isNeverDecimal(other)) {
            return Formula.ERROR;
        }
        if (!(term instanceof Stored stored) || !(other instanceof Known(Value value))) {
            throw new NotTranslatableException(at, TWO_VALUES);
        }
        if (stored.kind() == Kind.OPAQUE) {
            throw Leaves.opaque(stored, at);
        } else if (stored.kind() == Kind.UNTYPED) {
            throw Leaves.undeclared(stored, at);
        }
        if (!(value instanceof Decimal decimal)) {
            return Formula.ERROR;
        }
        Operator operator =
                switch (function) {
                    case LESS_THAN -> Operator.LESS;
                    case LESS_THAN_OR_EQUAL -> Operator.LESS_OR_EQUAL;
                    case GREATER_THAN -> Operator.GREATER;
                    case GREATER_THAN_OR_EQUAL -> Operator.GREATER_OR_EQUAL;
                    default -> throw new IllegalArgumentException(function + " orders no decimals");
                };
        return direct(stored.path(), mirrored ? mirrored(operator) : operator, Leaves.decimal(decimal));
    }

    private static boolean isNeverDecimal(Term term) {
        if (term instanceof Known(Value value)) {
            return !(value instanceof Decimal);
        }
        if (!(term instanceof Stored stored)) {
            return true;
        }
        return switch (stored.kind()) {
            case UNTYPED, DECIMAL, OPAQUE -> false;
            case TEXT, FLAG, LONG, DATETIME, TEXTS, ENTITY, ENTITIES -> true;
        };
    }
}
