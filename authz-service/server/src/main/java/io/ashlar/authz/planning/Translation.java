package io.ashlar.authz.planning;

import io.ashlar.authz.planning.AttributeType.Kind;
import io.ashlar.authz.planning.Term.Choice;
import io.ashlar.authz.planning.Term.Elements;
import io.ashlar.authz.planning.Term.Failing;
import io.ashlar.authz.planning.Term.Inner;
import io.ashlar.authz.planning.Term.Known;
import io.ashlar.authz.planning.Term.Members;
import io.ashlar.authz.planning.Term.Row;
import io.ashlar.authz.planning.Term.Stored;
import io.ashlar.authz.planning.Term.Test;
import io.ashlar.cedar.EntityUid;
import io.ashlar.cedar.syntax.Condition;
import io.ashlar.cedar.syntax.Expr;
import io.ashlar.cedar.syntax.Operator;
import io.ashlar.cedar.syntax.Policy;
import io.ashlar.cedar.syntax.Span;
import io.ashlar.cedar.value.Value;
import io.ashlar.filter.dsl.Filter;
import io.ashlar.filter.dsl.Literal;
import io.ashlar.filter.dsl.Op;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Translates one policy. Not thread-safe; recursion is bounded by the syntax's limits. */
final class Translation {

    /** Most nodes of one condition's filter: a short policy can need a long one, for it says twice what may fail. */
    static final int NODES_MAX = 10_000;

    private final Subject subject;
    private final Comparison comparison;
    private final Membership membership;
    private final Sets sets;
    private final Numbers numbers;
    private int choices;

    Translation(Subject subject) {
        this.subject = subject;
        this.comparison = new Comparison(subject.rows());
        this.membership = new Membership(subject, comparison);
        this.sets = new Sets(comparison);
        this.numbers = new Numbers(comparison);
    }

    /** When a policy whose scope fits principal and action applies to a row. */
    Formula formula(Policy policy) {
        List<Formula> all = new ArrayList<>();
        all.add(membership.scope(policy.resource(), policy.at()));
        for (Condition condition : policy.conditions()) {
            if (all.getLast().isNeverTrue()) {
                // What stands behind it is never read.
                break;
            }
            Formula body = formula(condition.body());
            all.add(condition.kind() == Condition.Kind.WHEN ? body : body.not());
        }
        return bounded(Formula.all(all), policy.at());
    }

    private static Formula bounded(Formula formula, Span at) {
        if (formula.size(NODES_MAX) >= NODES_MAX) {
            throw new NotTranslatableException(at, "the filter would have more than " + NODES_MAX + " nodes");
        }
        return formula;
    }

    private Formula formula(Expr expr) {
        return switch (expr) {
            case Expr.Not e -> formula(e.operand()).not();
            case Expr.And e -> bounded(chain(e.operands(), true), e.at());
            case Expr.Or e -> bounded(chain(e.operands(), false), e.at());
            default -> formula(term(expr), expr.at());
        };
    }

    private Formula chain(List<Expr> operands, boolean all) {
        List<Formula> read = new ArrayList<>();
        for (Expr operand : operands) {
            Formula formula = formula(operand);
            read.add(formula);
            if (all ? formula.isNeverTrue() : formula.isNeverFalse()) {
                break;
            }
        }
        return all ? Formula.all(read) : Formula.any(read);
    }

    /** As a condition; what is no bool is an error. */
    private static Formula formula(Term term, Span at) {
        return switch (term) {
            case Known(Value value) -> value instanceof Value.Flag(boolean flag) ? Formula.of(flag) : Formula.ERROR;
            case Test(Formula formula) -> formula;
            case Choice(Formula condition, Term then, Term otherwise) ->
                bounded(condition.choose(formula(then, at), formula(otherwise, at)), at);
            case Stored stored ->
                switch (stored.kind()) {
                    case FLAG, UNTYPED ->
                        Formula.of(
                                stored.path(),
                                Leaves.condition(stored.path(), Op.EQ, Literal.of(true)),
                                Leaves.condition(stored.path(), Op.EQ, Literal.of(false)));
                    case OPAQUE -> throw Leaves.opaque(stored, at);
                    case TEXT, LONG, DECIMAL, DATETIME, TEXTS, ENTITY, ENTITIES -> Formula.ERROR;
                };
            case Failing failing -> Formula.ERROR;
            case Row row -> Formula.ERROR;
            case Inner inner -> Formula.ERROR;
            case Term.Scaled scaled -> Formula.ERROR;
            case Elements elements -> Formula.ERROR;
            case Members members -> Formula.ERROR;
        };
    }

    private static Term term(Formula formula) {
        if (formula.equals(Formula.ERROR)) {
            return new Failing();
        } else if (formula.equals(Formula.TRUE) || formula.equals(Formula.FALSE)) {
            return new Known(Value.Flag.of(formula.equals(Formula.TRUE)));
        }
        return new Test(formula);
    }

    private Term term(Expr expr) {
        return switch (expr) {
            case Expr.Variable e -> e.name() == Expr.Variable.Name.RESOURCE ? new Row() : known(e);
            case Expr.Not e -> term(formula(e));
            case Expr.And e -> term(formula(e));
            case Expr.Or e -> term(formula(e));
            case Expr.If e -> choice(e);
            case Expr.Is e -> is(e);
            default -> lifted(expr, parts -> parts.isEmpty() ? known(expr) : operation(expr, parts));
        };
    }

    /** Of an expression that has no parts and is not about the row. */
    private Term known(Expr expr) {
        return subject.evaluation().value(expr).<Term>map(Known::new).orElseGet(Failing::new);
    }

    /** With all parts known. */
    private Term known(Expr expr, List<Value> parts) {
        boolean reads =
                switch (expr) {
                    case Expr.Attribute e -> true;
                    case Expr.Has e -> true;
                    case Expr.Binary e ->
                        e.operator() == Operator.IN
                                || e.operator() == Operator.GET_TAG
                                || e.operator() == Operator.HAS_TAG;
                    default -> false;
                };
        if (reads && parts.getFirst() instanceof Value.Reference(EntityUid uid)) {
            membership.requireNoRow(uid, expr.at());
        }
        return subject.evaluation().value(expr, parts).<Term>map(Known::new).orElseGet(Failing::new);
    }

    private Term choice(Expr.If e) {
        Formula condition = formula(e.condition());
        if (condition.equals(Formula.ERROR)) {
            return new Failing();
        }
        Term then = condition.isNeverTrue() ? new Failing() : term(e.then());
        Term otherwise = condition.isNeverFalse() ? new Failing() : term(e.otherwise());
        if (condition.equals(Formula.TRUE)) {
            return then;
        }
        return condition.equals(Formula.FALSE) ? otherwise : new Choice(condition, then, otherwise);
    }

    private static Term members(Expr.RecordOf e, List<Term> parts) {
        Map<String, Term> members = new HashMap<>();
        Map<String, Value> values = new HashMap<>();
        for (int i = 0; i < parts.size(); i++) {
            String name = e.fields().get(i).name();
            members.put(name, parts.get(i));
            if (parts.get(i) instanceof Known(Value value)) {
                values.put(name, value);
            }
        }
        return values.size() == members.size() ? new Known(new Value.Fields(values)) : new Members(members);
    }

    /** Applies to parts that are all read: an error in one is one, a choice is made before. */
    private Term lifted(Expr expr, Function<List<Term>, Term> operation) {
        return lift(expr.children().stream().map(this::term).toList(), expr.at(), operation);
    }

    private Term lift(List<Term> parts, Span at, Function<List<Term>, Term> operation) {
        if (parts.stream().anyMatch(Failing.class::isInstance)) {
            return new Failing();
        }
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i) instanceof Choice(Formula condition, Term then, Term otherwise)) {
                // A set of thirty choices is a choice among a thousand million sets.
                if (++choices > NODES_MAX) {
                    throw new NotTranslatableException(at, "more than " + NODES_MAX + " choices would have to be made");
                }
                return new Choice(
                        condition,
                        lift(with(parts, i, then), at, operation),
                        lift(with(parts, i, otherwise), at, operation));
            }
        }
        return operation.apply(parts);
    }

    private static List<Term> with(List<Term> parts, int index, Term part) {
        List<Term> changed = new ArrayList<>(parts);
        changed.set(index, part);
        return changed;
    }

    /** {@code is} with {@code in} reads what it is in only where the type fits. */
    private Term is(Expr.Is e) {
        Expr in = e.in();
        return lift(List.of(term(e.target())), e.at(), target -> {
            Formula typed = is(target.getFirst(), e.type(), e.at());
            if (in == null || typed.isNeverTrue()) {
                return term(typed);
            }
            return lift(
                    List.of(term(in)),
                    e.at(),
                    container -> term(Formula.all(
                            List.of(typed, membership.in(target.getFirst(), container.getFirst(), e.at())))));
        });
    }

    private Formula is(Term target, String type, Span at) {
        return switch (target) {
            case Row row -> Formula.of(type.equals(subject.rows().name()));
            case Known(Value value) ->
                value instanceof Value.Reference(EntityUid uid)
                        ? Formula.of(uid.type().equals(type))
                        : Formula.ERROR;
            case Stored stored ->
                switch (stored.kind()) {
                    case ENTITY ->
                        Formula.constant(
                                Filters.present(stored.path()),
                                type.equals(stored.type().entity()));
                    case UNTYPED -> throw Leaves.undeclared(stored, at);
                    case OPAQUE -> throw Leaves.opaque(stored, at);
                    case TEXT, FLAG, LONG, DECIMAL, DATETIME, TEXTS, ENTITIES -> Formula.ERROR;
                };
            case Inner inner -> Formula.ERROR;
            case Term.Scaled scaled -> Formula.ERROR;
            case Test test -> Formula.ERROR;
            case Elements elements -> Formula.ERROR;
            case Members members -> Formula.ERROR;
            case Failing failing -> Formula.ERROR;
            case Choice choice -> throw Comparison.unexpected();
        };
    }

    private Term operation(Expr expr, List<Term> parts) {
        List<Value> values = new ArrayList<>();
        for (Term part : parts) {
            if (part instanceof Known(Value value)) {
                values.add(value);
            }
        }
        if (expr instanceof Expr.RecordOf e) {
            return members(e, parts);
        } else if (values.size() == parts.size()) {
            return known(expr, values);
        }
        Term first = parts.getFirst();
        return switch (expr) {
            case Expr.Binary e -> binary(e, first, parts.get(1));
            case Expr.Attribute e -> attribute(first, e.name(), e.at());
            case Expr.Has e -> has(first, e.name(), e.at());
            case Expr.Like e ->
                first instanceof Stored stored ? term(Likes.of(stored, e.pattern(), e.at())) : new Failing();
            case Expr.SetOf e -> new Elements(parts);
            case Expr.IsEmpty e -> term(sets.isEmpty(first, e.at()));
            case Expr.Negate e -> numbers.negate(first, e.at());
            case Expr.Call e -> numbers.call(e.function(), parts, e.at());
            default -> throw new IllegalArgumentException("an expression that reads its parts in turn");
        };
    }

    private Term binary(Expr.Binary e, Term left, Term right) {
        Span at = e.at();
        return switch (e.operator()) {
            case EQUAL -> term(comparison.equal(left, right, at));
            case NOT_EQUAL -> term(comparison.equal(left, right, at).not());
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
                term(comparison.order(e.operator(), left, right, at));
            case IN -> term(membership.in(left, right, at));
            case ADD, SUBTRACT, MULTIPLY -> numbers.calculate(e.operator(), left, right, at);
            case CONTAINS -> term(sets.contains(left, right, at));
            case CONTAINS_ALL, CONTAINS_ANY -> term(sets.containsMany(e.operator(), left, right, at));
            case GET_TAG, HAS_TAG -> throw new NotTranslatableException(at, "rows have no tags");
        };
    }

    private Term attribute(Term target, String name, Span at) {
        return switch (target) {
            case Row row -> path(name, name, at);
            case Inner inner -> path(inner.path() + '.' + name, name, at);
            case Stored stored ->
                switch (stored.kind()) {
                    case UNTYPED -> path(stored.path() + '.' + name, name, at);
                    case ENTITY ->
                        throw new NotTranslatableException(
                                at,
                                "of the entity that resource." + stored.path() + " names a filter knows the id only");
                    case OPAQUE -> throw Leaves.opaque(stored, at);
                    case TEXT, FLAG, LONG, DECIMAL, DATETIME, TEXTS, ENTITIES -> new Failing();
                };
            case Members members -> {
                Term member = members.members().get(name);
                Filter defined = Comparison.defined(members);
                yield member == null
                        ? new Failing()
                        : lift(
                                List.of(member),
                                at,
                                one -> Filters.isAll(defined)
                                        ? one.getFirst()
                                        : new Choice(Formula.constant(defined, true), one.getFirst(), new Failing()));
            }
            case Term.Scaled scaled -> new Failing();
            case Test test -> new Failing();
            case Elements elements -> new Failing();
            case Known known -> throw Comparison.unexpected();
            case Failing failing -> throw Comparison.unexpected();
            case Choice choice -> throw Comparison.unexpected();
        };
    }

    private Term path(String path, String name, Span at) {
        if (name.indexOf('.') >= 0) {
            throw new NotTranslatableException(at, "an attribute with a point in its name");
        }
        List<String> inside = subject.rows().inside(path);
        if (inside.isEmpty()) {
            return new Stored(path, subject.rows().type(path));
        } else if (subject.rows().type(path).kind() != Kind.UNTYPED) {
            throw new NotTranslatableException(at, "resource." + path + " is declared as a value and as a record");
        }
        return new Inner(path, inside);
    }

    private Filter there(String path, String name, Span at) {
        Term value = path(path, name, at);
        if (value instanceof Stored stored && stored.kind() == Kind.OPAQUE) {
            throw Leaves.opaque(stored, at);
        }
        return Comparison.defined(value);
    }

    private Term has(Term target, String name, Span at) {
        return switch (target) {
            case Row row -> term(Formula.total(there(name, name, at)));
            case Inner inner -> {
                Filter there = there(inner.path() + '.' + name, name, at);
                yield term(Formula.total(there).where(Comparison.defined(inner)));
            }
            case Members members ->
                term(Formula.constant(
                        Comparison.defined(members), members.members().containsKey(name)));
            case Stored stored ->
                switch (stored.kind()) {
                    case UNTYPED ->
                        throw new NotTranslatableException(
                                at, "the attributes inside of resource." + stored.path() + " are not declared");
                    case ENTITY ->
                        throw new NotTranslatableException(
                                at,
                                "of the entity that resource." + stored.path() + " names a filter knows the id only");
                    case OPAQUE -> throw Leaves.opaque(stored, at);
                    case TEXT, FLAG, LONG, DECIMAL, DATETIME, TEXTS, ENTITIES -> new Failing();
                };
            case Term.Scaled scaled -> new Failing();
            case Test test -> new Failing();
            case Elements elements -> new Failing();
            case Known known -> throw Comparison.unexpected();
            case Failing failing -> throw Comparison.unexpected();
            case Choice choice -> throw Comparison.unexpected();
        };
    }
}
