package io.ashlar.authz.planning;

import io.ashlar.authz.planning.AttributeType.Kind;
import io.ashlar.authz.planning.Term.Elements;
import io.ashlar.authz.planning.Term.Known;
import io.ashlar.authz.planning.Term.Row;
import io.ashlar.authz.planning.Term.Stored;
import io.ashlar.cedar.EntityUid;
import io.ashlar.cedar.syntax.EntityScope;
import io.ashlar.cedar.syntax.Span;
import io.ashlar.cedar.value.Value;
import io.ashlar.filter.dsl.Filter;
import io.ashlar.filter.dsl.Op;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code in}. Of a hierarchy that is known, a row's entity is in something iff it is one of its descendants, so these are
 * listed; something is in a row's entity iff that is one of its ancestors. Entities of types that authz does not own have no
 * ancestors, here as in a decision. Terms are neither failing nor a choice.
 */
final class Membership {

    private final Subject subject;
    private final Comparison comparison;

    Membership(Subject subject, Comparison comparison) {
        this.subject = subject;
        this.comparison = comparison;
    }

    /** The rows that a scope asks for. */
    Formula scope(EntityScope scope, Span at) {
        String type = subject.rows().name();
        return switch (scope) {
            case EntityScope.Any any -> Formula.TRUE;
            case EntityScope.Is(String wanted) -> Formula.of(wanted.equals(type));
            case EntityScope.Equal(EntityScope.Target target) ->
                Formula.total(comparison.row(List.of(entity(target)), at));
            case EntityScope.In(EntityScope.Target target) -> row(List.of(entity(target)), at);
            case EntityScope.IsIn(String wanted, EntityScope.Target target) ->
                wanted.equals(type) ? row(List.of(entity(target)), at) : Formula.FALSE;
        };
    }

    static EntityUid entity(EntityScope.Target target) {
        return switch (target) {
            case EntityScope.Target.Known(EntityUid uid) -> uid;
            case EntityScope.Target.Open(var slot) ->
                throw new IllegalArgumentException("a template decides nothing before " + slot.text() + " is linked");
        };
    }

    /** {@code left in right}; both may be known. */
    Formula in(Term left, Term right, Span at) {
        return switch (right) {
            case Known(Value container) -> {
                List<EntityUid> targets = entities(container);
                yield targets == null ? Formula.ERROR : inAny(left, targets, at);
            }
            case Stored stored -> inStored(left, stored, at);
            case Elements(List<Term> elements) -> {
                List<Formula> each = new ArrayList<>();
                for (Term element : elements) {
                    each.add(isSet(element) ? Formula.ERROR : in(left, element, at));
                }
                yield Formula.anyOfAll(each);
            }
            case Row row -> inRow(left, at);
            case Term.Inner inner -> Formula.ERROR;
            case Term.Scaled scaled -> Formula.ERROR;
            case Term.Test test -> Formula.ERROR;
            case Term.Members members -> Formula.ERROR;
            case Term.Failing failing -> Formula.ERROR;
            case Term.Choice choice -> throw Comparison.unexpected();
        };
    }

    private static boolean isSet(Term element) {
        return element instanceof Elements
                || (element instanceof Known(Value value) && value instanceof Value.SetOf)
                || (element instanceof Stored stored && stored.kind() == Kind.ENTITIES);
    }

    /** An entity, or a set of nothing else; null for anything else. */
    private static @Nullable List<EntityUid> entities(Value container) {
        if (container instanceof Value.Reference(EntityUid uid)) {
            return List.of(uid);
        }
        if (!(container instanceof Value.SetOf set)) {
            return null;
        }
        List<EntityUid> uids = new ArrayList<>();
        for (Value element : set.values()) {
            if (!(element instanceof Value.Reference(EntityUid uid))) {
                return null;
            }
            uids.add(uid);
        }
        return List.copyOf(uids);
    }

    /**
     * An entity that a policy, the principal or the context names may be the row of which a decision is asked, and then has its
     * attributes and parents; what is read of it depends on the row.
     */
    void requireNoRow(EntityUid uid, Span at) {
        if (subject.mayBeRow(uid)) {
            throw new NotTranslatableException(
                    at, uid + " may be the row itself, whose attributes and parents are unknown");
        }
    }

    private Formula inAny(Term left, List<EntityUid> targets, Span at) {
        if (left instanceof Known(Value value)) {
            if (!(value instanceof Value.Reference(EntityUid uid))) {
                return Formula.ERROR;
            }
            requireNoRow(uid, at);
            return Formula.of(targets.stream().anyMatch(target -> subject.isIn(uid, target)));
        } else if (left instanceof Row) {
            return row(targets, at);
        }
        if (!(left instanceof Stored stored)) {
            return Formula.ERROR;
        }
        return switch (stored.kind()) {
            case ENTITY -> oneOf(stored, subject.downwards(targets, entityType(stored)), at);
            case UNTYPED -> throw Leaves.undeclared(stored, at);
            case OPAQUE -> throw Leaves.opaque(stored, at);
            case TEXT, FLAG, LONG, DECIMAL, DATETIME, TEXTS, ENTITIES -> Formula.ERROR;
        };
    }

    /** A row is in something if it is that, or one of its parents is in it; a parent that is not there is none. */
    private Formula row(Collection<EntityUid> targets, Span at) {
        List<String> parents = subject.rows().parents();
        if (parents.isEmpty()) {
            throw new NotTranslatableException(at, "no attribute is declared as the parent of a row");
        }
        List<Filter> ways = new ArrayList<>();
        ways.add(comparison.row(targets, at));
        for (String path : parents) {
            Stored parent = new Stored(path, subject.rows().type(path));
            List<EntityUid> found = subject.downwards(targets, entityType(parent));
            ways.add(
                    parent.kind() == Kind.ENTITIES
                            ? Leaves.has(parent, Op.HAS_ANY, references(found), at)
                                    .isTrue()
                            : oneOf(parent, found, at).isTrue());
        }
        return Formula.total(Filters.or(ways));
    }

    private Formula inStored(Term left, Stored right, Span at) {
        if (right.kind() == Kind.UNTYPED) {
            throw Leaves.undeclared(right, at);
        } else if (right.kind() == Kind.OPAQUE) {
            throw Leaves.opaque(right, at);
        } else if (right.kind() != Kind.ENTITY && right.kind() != Kind.ENTITIES) {
            return Formula.ERROR;
        }
        if (!(left instanceof Known(Value value))) {
            if (left instanceof Row || left instanceof Stored) {
                throw new NotTranslatableException(
                        at, "a filter does not follow a hierarchy from one value of a row to another");
            }
            return Formula.ERROR;
        }
        if (!(value instanceof Value.Reference(EntityUid uid))) {
            return Formula.ERROR;
        }
        requireNoRow(uid, at);
        List<EntityUid> found = subject.upwards(uid, entityType(right));
        return right.kind() == Kind.ENTITY
                ? oneOf(right, found, at)
                : Leaves.has(right, Op.HAS_ANY, references(found), at);
    }

    /** {@code left in resource}. */
    private Formula inRow(Term left, Span at) {
        if (left instanceof Row) {
            return Formula.TRUE;
        } else if (left instanceof Known(Value value)) {
            return value instanceof Value.Reference(EntityUid uid)
                    ? Formula.total(
                            comparison.row(subject.upwards(uid, subject.rows().name()), at))
                    : Formula.ERROR;
        } else if (left instanceof Stored) {
            throw new NotTranslatableException(
                    at, "a filter does not follow a hierarchy from one value of a row to another");
        }
        return Formula.ERROR;
    }

    private static String entityType(Stored stored) {
        String entity = stored.type().entity();
        if (entity == null) {
            throw new IllegalArgumentException(stored.path() + " names no entities");
        }
        return entity;
    }

    private static Formula oneOf(Stored stored, List<EntityUid> uids, Span at) {
        return Leaves.oneOf(stored, references(uids), at);
    }

    private static List<Value> references(List<EntityUid> uids) {
        return uids.stream().<Value>map(Value.Reference::new).toList();
    }
}
