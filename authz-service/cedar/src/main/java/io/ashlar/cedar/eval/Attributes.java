package io.ashlar.cedar.eval;

import io.ashlar.cedar.EntityUid;
import io.ashlar.cedar.eval.Code.Test;
import io.ashlar.cedar.syntax.Expr;
import io.ashlar.cedar.syntax.Operator;
import io.ashlar.cedar.syntax.Span;
import io.ashlar.cedar.value.KnownEntity;
import io.ashlar.cedar.value.Value;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Attributes of records and entities, and tags of entities. Of an unknown entity nothing is there, and reading it is an error. */
final class Attributes {

    @FunctionalInterface
    private interface PartyOf {
        Env.Party of(Env env);
    }

    private Attributes() {}

    static Code get(Expr.Attribute e) {
        String name = e.name();
        Span at = e.at();
        if (e.target() instanceof Expr.Variable(Expr.Variable.Name variable, Span span)) {
            return switch (variable) {
                case PRINCIPAL -> of(env -> env.principal, name, at);
                case ACTION -> of(env -> env.action, name, at);
                case RESOURCE -> of(env -> env.resource, name, at);
                case CONTEXT -> env -> required(env.context.values(), name, at);
            };
        }
        Code target = Compiler.compile(e.target());
        Span targetAt = e.target().at();
        return env -> switch (target.eval(env)) {
            case Value.Fields(Map<String, Value> values) -> required(values, name, at);
            case Value.Reference(EntityUid uid) ->
                required(known(uid, env.find(uid), at).attributes(), name, at);
            case Value other -> throw Code.mismatch("entity or record", other, targetAt);
        };
    }

    private static Code of(PartyOf party, String name, Span at) {
        return env -> {
            Env.Party asked = party.of(env);
            return required(known(asked.uid(), asked.entity(), at).attributes(), name, at);
        };
    }

    static Test has(Expr.Has e) {
        Code target = Compiler.compile(e.target());
        String name = e.name();
        Span at = e.target().at();
        return env -> switch (target.eval(env)) {
            case Value.Fields(Map<String, Value> values) -> values.containsKey(name);
            case Value.Reference(EntityUid uid) -> {
                KnownEntity entity = env.find(uid);
                yield entity != null && entity.attributes().containsKey(name);
            }
            case Value other -> throw Code.mismatch("entity or record", other, at);
        };
    }

    static Code tag(Expr.Binary e) {
        Code target = Compiler.compile(e.left());
        Code name = Compiler.compile(e.right());
        Span targetAt = e.left().at();
        Span nameAt = e.right().at();
        Span at = e.at();
        if (e.operator() == Operator.HAS_TAG) {
            return (Test) env -> {
                Value entity = target.eval(env);
                Value tag = name.eval(env);
                KnownEntity known = env.find(Membership.entity(entity, targetAt));
                String key = text(tag, nameAt);
                return known != null && known.tags().containsKey(key);
            };
        }
        return env -> {
            Value entity = target.eval(env);
            Value tag = name.eval(env);
            EntityUid uid = Membership.entity(entity, targetAt);
            String key = text(tag, nameAt);
            Value value = known(uid, env.find(uid), at).tags().get(key);
            if (value == null) {
                throw new EvaluationException("there is no tag " + abbreviated(key), at);
            }
            return value;
        };
    }

    private static String text(Value value, Span at) {
        if (value instanceof Value.Text text) {
            return text.value();
        }
        throw Code.mismatch("string", value, at);
    }

    private static KnownEntity known(EntityUid uid, @Nullable KnownEntity entity, Span at) {
        if (entity == null) {
            throw new EvaluationException("there is no entity " + uid, at);
        }
        return entity;
    }

    private static Value required(Map<String, Value> values, String name, Span at) {
        Value value = values.get(name);
        if (value == null) {
            throw new EvaluationException("there is no attribute " + abbreviated(name), at);
        }
        return value;
    }

    private static String abbreviated(String name) {
        return name.length() <= 100 ? name : name.substring(0, 100) + '…';
    }
}
