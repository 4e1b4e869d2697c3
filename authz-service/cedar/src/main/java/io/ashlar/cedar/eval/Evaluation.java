package io.ashlar.cedar.eval;

import io.ashlar.cedar.syntax.Expr;
import io.ashlar.cedar.syntax.Span;
import io.ashlar.cedar.value.EntityStore;
import io.ashlar.cedar.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Single expressions evaluated for one request, apart from any policy: what a planner knows before a resource is known. Slower
 * than a decision, for each expression is compiled when it is asked. Immutable and thread-safe.
 */
public final class Evaluation {

    private static final Expr CONTEXT = new Expr.Variable(Expr.Variable.Name.CONTEXT, Span.NOWHERE);

    private final Request request;
    private final EntityStore entities;
    private final Env env;

    public Evaluation(Request request, EntityStore entities) {
        this.request = request;
        this.entities = entities;
        this.env = new Env(request, entities);
    }

    /** The expression's value; empty if it has none, which is an error in the policy that evaluates it. */
    public Optional<Value> value(Expr expr) {
        return value(expr, env);
    }

    /**
     * The value of an expression whose direct parts have these values, whatever they say themselves.
     *
     * @throws IllegalArgumentException if the expression may leave a part unread, so that parts are not all it depends on
     */
    public Optional<Value> value(Expr expr, List<Value> parts) {
        Map<String, Value> named = new HashMap<>();
        List<Expr> names = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            String name = "part" + i;
            named.put(name, parts.get(i));
            names.add(new Expr.Attribute(CONTEXT, name, Span.NOWHERE));
        }
        Request about = new Request(request.principal(), request.action(), request.resource(), new Value.Fields(named));
        return value(with(expr, names), new Env(about, entities));
    }

    private static Optional<Value> value(Expr expr, Env env) {
        try {
            return Optional.of(Compiler.compile(expr).eval(env));
        } catch (EvaluationException e) {
            return Optional.empty();
        }
    }

    private static Expr with(Expr expr, List<Expr> parts) {
        Expr first = parts.getFirst();
        return switch (expr) {
            case Expr.Binary e -> new Expr.Binary(e.operator(), first, parts.get(1), e.at());
            case Expr.Negate e -> new Expr.Negate(first, e.at());
            case Expr.IsEmpty e -> new Expr.IsEmpty(first, e.at());
            case Expr.Attribute e -> new Expr.Attribute(first, e.name(), e.at());
            case Expr.Has e -> new Expr.Has(first, e.name(), e.at());
            case Expr.Like e -> new Expr.Like(first, e.pattern(), e.at());
            case Expr.Is e when e.in() == null -> new Expr.Is(first, e.type(), null, e.at());
            case Expr.Call e -> new Expr.Call(e.function(), parts, e.at());
            case Expr.Not e -> new Expr.Not(first, e.at());
            case Expr.And e -> throw unread();
            case Expr.Or e -> throw unread();
            case Expr.If e -> throw unread();
            case Expr.Is e -> throw unread();
            case Expr.SetOf e -> new Expr.SetOf(parts, e.at());
            case Expr.RecordOf e -> throw unread();
            case Expr.Flag e -> e;
            case Expr.Whole e -> e;
            case Expr.Text e -> e;
            case Expr.Reference e -> e;
            case Expr.Variable e -> e;
        };
    }

    private static IllegalArgumentException unread() {
        return new IllegalArgumentException("an expression that reads its parts in turn");
    }
}
