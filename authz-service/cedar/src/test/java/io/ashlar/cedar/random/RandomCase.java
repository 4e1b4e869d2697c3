package io.ashlar.cedar.random;

import io.ashlar.cedar.Effect;
import io.ashlar.cedar.EntityUid;
import io.ashlar.cedar.eval.Request;
import io.ashlar.cedar.random.Vocabulary.Kind;
import io.ashlar.cedar.syntax.ActionScope;
import io.ashlar.cedar.syntax.Annotation;
import io.ashlar.cedar.syntax.Condition;
import io.ashlar.cedar.syntax.EntityScope;
import io.ashlar.cedar.syntax.EntityScope.Target;
import io.ashlar.cedar.syntax.Expr;
import io.ashlar.cedar.syntax.Policy;
import io.ashlar.cedar.syntax.PolicyFormatter;
import io.ashlar.cedar.syntax.PolicySet;
import io.ashlar.cedar.syntax.Span;
import io.ashlar.cedar.value.EntityFacts;
import io.ashlar.cedar.value.Value;
import io.ashlar.cedar.value.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Policies with what they are asked.
 *
 * @param policies the set
 * @param entities a hierarchy without circles
 * @param requests what is asked
 */
public record RandomCase(PolicySet policies, List<EntityFacts> entities, List<Request> requests) {

    /** Asked of one store of entities. */
    public static final int REQUESTS = 4;

    private static final Span AT = Span.NOWHERE;

    /** A random case; equal generators give equal cases. */
    public static RandomCase of(Random random) {
        Maker maker = new Maker(new Vocabulary(random));
        Map<String, Policy> policies = new LinkedHashMap<>();
        for (int i = 1 + random.nextInt(6); i > 0; i--) {
            policies.put("policy" + policies.size(), maker.policy());
        }
        return asked(PolicySet.of(policies), maker);
    }

    /** So many policies, all of one effect: an answer names each that applies and each that fails. */
    public static RandomCase of(Random random, int policies, Effect effect) {
        Maker maker = new Maker(new Vocabulary(random));
        Map<String, Policy> made = new LinkedHashMap<>();
        while (made.size() < policies) {
            made.put("policy" + made.size(), maker.policy(effect));
        }
        return asked(PolicySet.of(made), maker);
    }

    /** The same policies over other entities, asked other questions. */
    public RandomCase other(Random random) {
        return asked(policies, new Maker(new Vocabulary(random)));
    }

    private static RandomCase asked(PolicySet policies, Maker maker) {
        List<Request> requests = new ArrayList<>();
        List<EntityFacts> entities = maker.entities();
        for (int i = 0; i < REQUESTS; i++) {
            requests.add(maker.request());
        }
        return new RandomCase(policies, entities, requests);
    }

    /** A random expression. */
    public static Expr expression(Random random) {
        return new Maker(new Vocabulary(random)).exprs.of(Kind.FLAG, 4);
    }

    /** A random policy. */
    public static Policy policy(Random random) {
        return new Maker(new Vocabulary(random)).policy();
    }

    @Override
    public String toString() {
        return PolicyFormatter.format(policies) + "\nentities: " + entities + "\nrequests: " + requests;
    }

    private static final class Maker {

        private final Vocabulary words;
        private final RandomExpr exprs;

        Maker(Vocabulary words) {
            this.words = words;
            this.exprs = new RandomExpr(words);
        }

        Policy policy() {
            return policy(words.chance(65) ? Effect.PERMIT : Effect.FORBID);
        }

        Policy policy(Effect effect) {
            List<Condition> conditions = new ArrayList<>();
            for (int i = words.below(3); i > 0; i--) {
                Condition.Kind kind = words.chance(70) ? Condition.Kind.WHEN : Condition.Kind.UNLESS;
                conditions.add(new Condition(kind, exprs.of(Kind.FLAG, 1 + words.below(4)), AT));
            }
            List<Annotation> annotations = words.chance(20)
                    ? List.of(new Annotation("id", Optional.of(words.text())), new Annotation("if", Optional.of("x")))
                    : List.of();
            return new Policy(annotations, effect, scope(), actionScope(), scope(), conditions, AT);
        }

        private EntityScope scope() {
            Target target = new Target.Known(words.entity());
            return switch (words.below(12)) {
                case 0 -> new EntityScope.Equal(target);
                case 1, 2 -> new EntityScope.In(target);
                case 3 -> new EntityScope.Is(words.one(Vocabulary.TYPES));
                case 4 -> new EntityScope.IsIn(words.one(Vocabulary.TYPES), target);
                default -> new EntityScope.Any();
            };
        }

        private ActionScope actionScope() {
            return switch (words.below(8)) {
                case 0 -> new ActionScope.Equal(words.action());
                case 1 -> new ActionScope.In(words.action());
                case 2 -> new ActionScope.InAny(List.of(words.action(), words.action()));
                case 3 -> new ActionScope.InAny(words.chance(50) ? List.of() : List.of(words.action()));
                default -> new ActionScope.Any();
            };
        }

        /** Parents come before their children, so there are no circles. */
        List<EntityFacts> entities() {
            Map<EntityUid, EntityFacts> entities = new LinkedHashMap<>();
            for (int i = 0; i < 12; i++) {
                EntityUid uid = words.chance(25) ? words.action() : words.entity();
                if (!entities.containsKey(uid)) {
                    Set<EntityUid> parents = new HashSet<>();
                    entities.keySet().stream()
                            .filter(earlier -> words.chance(25))
                            // The reference wants actions above actions.
                            .filter(earlier -> !ActionScope.isAction(uid) || ActionScope.isAction(earlier))
                            .forEach(parents::add);
                    Map<String, Value> tags = new HashMap<>();
                    Vocabulary.NAMES.stream()
                            .filter(name -> words.chance(50))
                            .forEach(name -> tags.put(name, value(Kind.ENTITY, 1)));
                    entities.put(uid, new EntityFacts(uid, fields(1), tags, parents));
                }
            }
            return List.copyOf(entities.values());
        }

        Request request() {
            return new Request(words.entity(), words.action(), words.entity(), new Value.Fields(fields(1)));
        }

        private Map<String, Value> fields(int depth) {
            Map<String, Value> fields = new HashMap<>();
            for (Kind kind : Kind.values()) {
                if (words.chance(85)) {
                    fields.put(kind.attribute, value(words.chance(95) ? kind : words.kind(), depth));
                }
            }
            return fields;
        }

        private Value value(Kind kind, int depth) {
            return switch (kind) {
                case FLAG -> Value.Flag.of(words.chance(60));
                case NUMBER -> new Value.Whole(words.number());
                case TEXT -> new Value.Text(words.text());
                case ENTITY -> new Value.Reference(words.entity());
                case SET -> {
                    Set<Value> values = new HashSet<>();
                    Kind element = depth > 0 && words.chance(30) ? words.kind() : Kind.NUMBER;
                    for (int i = words.below(4); i > 0; i--) {
                        values.add(value(element, 0));
                    }
                    yield new Value.SetOf(values);
                }
                case RECORD -> depth > 0 ? new Value.Fields(fields(0)) : Value.Fields.NONE;
                case DECIMAL -> extension(kind, "decimal");
                case DATETIME -> extension(kind, "datetime");
                case DURATION -> extension(kind, "duration");
                case IP -> extension(kind, "ip");
            };
        }

        /** Entities and contexts hold no malformed values: one is drawn until the constructor takes it. */
        private Value extension(Kind kind, String function) {
            while (true) {
                try {
                    return Values.extension(function, words.argument(kind));
                } catch (IllegalArgumentException e) {
                    // That was one of the malformed ones; draw again.
                }
            }
        }
    }
}
