package io.ashlar.cedar.eval;

import io.ashlar.cedar.eval.Explanation.Deciding;
import io.ashlar.cedar.eval.Explanation.Outcome;
import io.ashlar.cedar.eval.Explanation.PolicyTrace;
import io.ashlar.cedar.syntax.Condition;
import io.ashlar.cedar.syntax.Expr;
import io.ashlar.cedar.syntax.PolicyFormatter;
import java.util.ArrayList;
import java.util.List;

/** Finds which part of a condition decided it, by evaluating the parts again; for people, not for the hot path. */
final class Explainer {

    private final Env env;

    Explainer(Env env) {
        this.env = env;
    }

    static String message(EvaluationException e) {
        return e.at().known() ? e.text() + " (characters " + e.at().start() + " to " + e.at().end() + ")" : e.text();
    }

    PolicyTrace trace(CompiledPolicy policy) {
        return new PolicyTrace(policy.id(), policy.effect(), outcome(policy));
    }

    private Outcome outcome(CompiledPolicy policy) {
        List<Condition> conditions = policy.source().conditions();
        List<Deciding> held = new ArrayList<>();
        for (int i = 0; i < conditions.size(); i++) {
            try {
                boolean holds = policy.holds(i, env);
                boolean value = holds == (conditions.get(i).kind() == Condition.Kind.WHEN);
                Deciding deciding = deciding(i, conditions.get(i).body(), value);
                if (!holds) {
                    return new Outcome.NotApplied(deciding);
                }
                held.add(deciding);
            } catch (EvaluationException e) {
                return new Outcome.Failed(i, e.at(), e.text());
            }
        }
        return new Outcome.Applied(held);
    }

    private Deciding deciding(int condition, Expr body, boolean whole) {
        Expr part = body;
        boolean value = whole;
        while (true) {
            Expr smaller = smaller(part, value);
            if (smaller == part) {
                return new Deciding(condition, part.at(), PolicyFormatter.format(part), value);
            }
            value = part instanceof Expr.Not ? !value : value;
            part = smaller;
        }
    }

    /** The part of {@code expr} that made it {@code value}, or {@code expr} itself. */
    private Expr smaller(Expr expr, boolean value) {
        return switch (expr) {
            case Expr.And e when !value -> first(e.operands(), false);
            case Expr.Or e when value -> first(e.operands(), true);
            case Expr.Not e -> e.operand();
            case Expr.If e -> Compiler.test(e.condition()).test(env) ? e.then() : e.otherwise();
            default -> expr;
        };
    }

    private Expr first(List<Expr> operands, boolean value) {
        for (Expr operand : operands) {
            if (Compiler.test(operand).test(env) == value) {
                return operand;
            }
        }
        throw new IllegalStateException("no operand decided");
    }
}
