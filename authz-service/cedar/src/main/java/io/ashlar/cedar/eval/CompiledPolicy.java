package io.ashlar.cedar.eval;

import io.ashlar.cedar.Effect;
import io.ashlar.cedar.eval.Code.Test;
import io.ashlar.cedar.syntax.ActionScope;
import io.ashlar.cedar.syntax.Condition;
import io.ashlar.cedar.syntax.EntityScope;
import io.ashlar.cedar.syntax.Policy;
import java.util.List;

/** A policy's conditions as closures, and what of its scope the index leaves to be asked. */
final class CompiledPolicy {

    private final String id;
    private final Policy source;
    private final List<Test> conditions;
    private final boolean repeats;

    CompiledPolicy(String id, Policy source) {
        this.id = id;
        this.source = source;
        this.conditions =
                source.conditions().stream().map(CompiledPolicy::compile).toList();
        this.repeats = source.action() instanceof ActionScope.InAny(var uids) && uids.size() > 1;
    }

    private static Test compile(Condition condition) {
        Test body = Compiler.test(condition.body());
        return switch (condition.kind()) {
            case WHEN -> body;
            case UNLESS -> env -> !body.test(env);
        };
    }

    String id() {
        return id;
    }

    Effect effect() {
        return source.effect();
    }

    Policy source() {
        return source;
    }

    /** Whether the index may find it more than once for one request. */
    boolean repeats() {
        return repeats;
    }

    /** The index finds {@code is … in …} by its entity alone; the type is asked here. */
    boolean typesFit(Env env) {
        return typeFits(source.principal(), env.principal) && typeFits(source.resource(), env.resource);
    }

    private static boolean typeFits(EntityScope scope, Env.Party party) {
        return !(scope instanceof EntityScope.IsIn in)
                || in.type().equals(party.uid().type());
    }

    /**
     * Whether all conditions hold, asked in order until one does not.
     *
     * @throws EvaluationException if one that is asked has no value
     */
    boolean applies(Env env) {
        for (Test condition : conditions) {
            if (!condition.test(env)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the condition of that number holds. */
    boolean holds(int condition, Env env) {
        return conditions.get(condition).test(env);
    }
}
