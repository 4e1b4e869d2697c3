package io.ashlar.cedar.eval;

import io.ashlar.cedar.eval.Code.Test;
import io.ashlar.cedar.syntax.Expr;
import io.ashlar.cedar.syntax.Span;
import io.ashlar.cedar.value.Value;
import java.util.Collections;
import java.util.Set;

/** The methods of sets. */
final class Sets {

    private Sets() {}

    static Test isEmpty(Expr.IsEmpty e) {
        Code operand = Compiler.compile(e.operand());
        Span at = e.operand().at();
        return env -> set(operand.eval(env), at).isEmpty();
    }

    static Test binary(Expr.Binary e) {
        Code left = Compiler.compile(e.left());
        Code right = Compiler.compile(e.right());
        Span leftAt = e.left().at();
        Span rightAt = e.right().at();
        return switch (e.operator()) {
            case CONTAINS ->
                env -> {
                    Value whole = left.eval(env);
                    Value element = right.eval(env);
                    return set(whole, leftAt).contains(element);
                };
            case CONTAINS_ALL ->
                env -> {
                    Value whole = left.eval(env);
                    Value part = right.eval(env);
                    return set(whole, leftAt).containsAll(set(part, rightAt));
                };
            case CONTAINS_ANY ->
                env -> {
                    Value one = left.eval(env);
                    Value other = right.eval(env);
                    return !Collections.disjoint(set(one, leftAt), set(other, rightAt));
                };
            default -> throw new IllegalArgumentException(e.operator() + " is no method of sets");
        };
    }

    private static Set<Value> set(Value value, Span at) {
        if (value instanceof Value.SetOf set) {
            return set.values();
        }
        throw Code.mismatch("set", value, at);
    }
}
