package io.ashlar.authz.planning;

import io.ashlar.authz.planning.Term.Elements;
import io.ashlar.authz.planning.Term.Known;
import io.ashlar.authz.planning.Term.Row;
import io.ashlar.authz.planning.Term.Scaled;
import io.ashlar.authz.planning.Term.Stored;
import io.ashlar.authz.planning.Term.Test;
import io.ashlar.cedar.EntityUid;
import io.ashlar.cedar.syntax.Operator;
import io.ashlar.cedar.syntax.Span;
import io.ashlar.cedar.value.Value;
import io.ashlar.filter.dsl.Op;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The methods of sets. Terms are neither failing nor a choice, and not both known. */
final class Sets {

    private final Comparison comparison;

    Sets(Comparison comparison) {
        this.comparison = comparison;
    }

    Formula isEmpty(Term set, Span at) {
        if (isNeverSet(set, at)) {
            return Formula.ERROR;
        } else if (set instanceof Stored) {
            throw new NotTranslatableException(at, "a filter cannot tell whether a list is empty");
        }
        return Formula.constant(Comparison.defined(set), elements(set).isEmpty());
    }

    Formula contains(Term set, Term element, Span at) {
        if (isNeverSet(set, at)) {
            return Formula.ERROR;
        } else if (set instanceof Known(Value value) && value instanceof Value.SetOf(Set<Value> values)) {
            return isOneOf(element, values, at);
        }
        if (!(set instanceof Stored stored)) {
            List<Formula> each = new ArrayList<>();
            for (Term one : elements(set)) {
                each.add(comparison.equal(one, element, at));
            }
            return Formula.anyOfAll(each);
        } else if (element instanceof Known(Value value)) {
            return Leaves.has(stored, Op.HAS, List.of(value), at);
        }
        throw new NotTranslatableException(at, "a filter does not look for one value of a row in another");
    }

    /** Whether it is something else, so that every method of sets fails; an attribute of no declared type may be one. */
    private static boolean isNeverSet(Term term, Span at) {
        if (term instanceof Known(Value value)) {
            return !(value instanceof Value.SetOf);
        }
        if (!(term instanceof Stored stored)) {
            return !(term instanceof Elements);
        }
        return switch (stored.kind()) {
            case OPAQUE -> throw Leaves.opaque(stored, at);
            case TEXTS, ENTITIES, UNTYPED -> false;
            case TEXT, FLAG, LONG, DECIMAL, DATETIME, ENTITY -> true;
        };
    }

    /** A known set has the row's value. */
    private Formula isOneOf(Term element, Set<Value> values, Span at) {
        return switch (element) {
            case Known(Value value) -> Formula.of(values.contains(value));
            case Stored stored -> Leaves.oneOf(stored, values, at);
            case Row row -> {
                List<EntityUid> uids = values.stream()
                        .filter(Value.Reference.class::isInstance)
                        .map(value -> ((Value.Reference) value).uid())
                        .toList();
                yield Formula.total(comparison.row(uids, at));
            }
            case Test(Formula formula) ->
                formula.choose(
                        Formula.of(values.contains(Value.Flag.TRUE)), Formula.of(values.contains(Value.Flag.FALSE)));
            case Scaled scaled -> {
                List<Formula> each = new ArrayList<>();
                for (Value value : values) {
                    each.add(comparison.equal(scaled, new Known(value), at));
                }
                yield each.isEmpty() ? Formula.constant(Comparison.defined(scaled), false) : Formula.anyOfAll(each);
            }
            case Term.Inner inner -> throw new NotTranslatableException(at, "a filter does not compare whole records");
            case Elements elements -> throw new NotTranslatableException(at, "a filter does not compare whole sets");
            case Term.Members members ->
                throw new NotTranslatableException(at, "a filter does not compare whole records");
            case Term.Failing failing -> throw Comparison.unexpected();
            case Term.Choice choice -> throw Comparison.unexpected();
        };
    }

    /** {@code containsAll} and {@code containsAny}. */
    Formula containsMany(Operator operator, Term set, Term others, Span at) {
        if (isNeverSet(set, at) || isNeverSet(others, at)) {
            return Formula.ERROR;
        }
        boolean all = operator == Operator.CONTAINS_ALL;
        if (set instanceof Stored stored && others instanceof Known) {
            return Leaves.has(stored, all ? Op.HAS_ALL : Op.HAS_ANY, values(others), at);
        } else if (set instanceof Known && others instanceof Stored stored && !all) {
            return Leaves.has(stored, Op.HAS_ANY, values(set), at);
        } else if (set instanceof Stored || others instanceof Stored) {
            throw new NotTranslatableException(at, "a filter cannot tell what else is in a row's list");
        }
        List<Formula> each = new ArrayList<>();
        for (Term element : elements(others)) {
            each.add(contains(set, element, at));
        }
        // Both are read, also where nothing is wanted.
        return (all ? Formula.everyOfAll(each) : Formula.anyOfAll(each)).where(Comparison.defined(set));
    }

    private static List<Value> values(Term known) {
        return known instanceof Known(Value value) && value instanceof Value.SetOf(Set<Value> values)
                ? List.copyOf(values)
                : List.of();
    }

    private static List<Term> elements(Term set) {
        return set instanceof Elements(List<Term> elements)
                ? elements
                : values(set).stream().<Term>map(Known::new).toList();
    }
}
