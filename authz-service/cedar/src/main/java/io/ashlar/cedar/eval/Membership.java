package io.ashlar.cedar.eval;

import io.ashlar.cedar.EntityUid;
import io.ashlar.cedar.eval.Code.Constant;
import io.ashlar.cedar.eval.Code.Test;
import io.ashlar.cedar.syntax.Expr;
import io.ashlar.cedar.syntax.Span;
import io.ashlar.cedar.value.KnownEntity;
import io.ashlar.cedar.value.Value;
import java.util.Set;

/** The operator {@code in}: an entity is in itself, in its ancestors, and in a set that holds one of these. */
final class Membership {

    private Membership() {}

    static Test in(Expr.Binary e) {
        return in(Compiler.compile(e.left()), e.left().at(), e.right());
    }

    static Test in(Code left, Span leftAt, Expr right) {
        Code container = Compiler.compile(right);
        Span rightAt = right.at();
        if (container instanceof Constant(Value.Reference(EntityUid uid))) {
            return env -> env.isIn(entity(left.eval(env), leftAt), uid);
        }
        return env -> {
            Value member = left.eval(env);
            Value value = container.eval(env);
            return isIn(env, entity(member, leftAt), value, rightAt);
        };
    }

    private static boolean isIn(Env env, EntityUid uid, Value container, Span at) {
        return switch (container) {
            case Value.Reference(EntityUid other) -> env.isIn(uid, other);
            case Value.SetOf(Set<Value> elements) -> isInAny(env, uid, elements, at);
            default -> throw Code.mismatch("entity or set of entities", container, at);
        };
    }

    /** All elements must be entities, also those behind the one that decides. */
    private static boolean isInAny(Env env, EntityUid uid, Set<Value> elements, Span at) {
        KnownEntity known = env.find(uid);
        boolean found = false;
        for (Value element : elements) {
            EntityUid other = entity(element, at);
            found |= uid.equals(other) || (known != null && known.ancestors().contains(other));
        }
        return found;
    }

    static EntityUid entity(Value value, Span at) {
        if (value instanceof Value.Reference reference) {
            return reference.uid();
        }
        throw Code.mismatch("entity", value, at);
    }
}
