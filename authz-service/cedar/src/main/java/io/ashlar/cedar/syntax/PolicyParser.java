package io.ashlar.cedar.syntax;

import io.ashlar.cedar.Effect;
import io.ashlar.cedar.EntityUid;
import io.ashlar.cedar.syntax.EntityScope.Target;
import io.ashlar.cedar.syntax.SyntaxException.Fault;
import io.ashlar.cedar.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads Cedar's text format. Stateless and thread-safe; work is linear in the length of the text. */
public final class PolicyParser {

    private PolicyParser() {}

    /**
     * Exactly one policy or template.
     *
     * @throws SyntaxException if the text is none, or more
     */
    public static Policy policy(String text) {
        return read(text, tokens -> {
            Policy policy = policy(tokens);
            tokens.expect(Kind.END);
            return policy;
        });
    }

    /**
     * One expression.
     *
     * @throws SyntaxException if the text is none
     */
    public static Expr expression(String text) {
        return read(text, tokens -> {
            Expr expr = new ExprParser(tokens).expression();
            tokens.expect(Kind.END);
            Bounds.require(List.of(expr));
            return expr;
        });
    }

    /**
     * Any number of policies and templates, named {@code policy0}, {@code policy1}, … in the order of the text.
     *
     * @throws SyntaxException with the first fault of each policy that has any
     */
    public static PolicySet policySet(String text) {
        return read(text, tokens -> {
            Map<String, Policy> policies = new LinkedHashMap<>();
            List<Fault> faults = new ArrayList<>();
            while (!tokens.at(Kind.END)) {
                try {
                    policies.put("policy" + policies.size(), policy(tokens));
                } catch (ReadException e) {
                    faults.add(Fault.of(String.valueOf(e.getMessage()), e.at(), text));
                    tokens.recover();
                }
                if (policies.size() > Limits.POLICIES_MAX || faults.size() >= FAULTS_MAX) {
                    break;
                }
            }
            if (!faults.isEmpty()) {
                throw new SyntaxException(faults);
            }
            return PolicySet.of(policies);
        });
    }

    private static final int FAULTS_MAX = 100;

    private static <T> T read(String text, Function<Tokens, T> reading) {
        try {
            if (text.length() > Limits.TEXT_LENGTH_MAX) {
                throw new ReadException("a text has at most " + Limits.TEXT_LENGTH_MAX + " characters", Span.of(0, 0));
            }
            return reading.apply(new Tokens(text));
        } catch (ReadException e) {
            throw new SyntaxException(List.of(Fault.of(String.valueOf(e.getMessage()), e.at(), text)));
        } catch (Bounds.OutOfBoundsException e) {
            throw new SyntaxException(List.of(Fault.of(String.valueOf(e.getMessage()), e.at(), text)));
        }
    }

    private static Policy policy(Tokens tokens) {
        int start = tokens.peek().start();
        List<Annotation> annotations = annotations(tokens);
        Effect effect;
        if (tokens.skipWord("permit")) {
            effect = Effect.PERMIT;
        } else if (tokens.skipWord("forbid")) {
            effect = Effect.FORBID;
        } else {
            throw tokens.unexpected("permit or forbid");
        }
        tokens.expect(Kind.LEFT_PAREN);
        tokens.expectWord("principal");
        EntityScope principal = entityScope(tokens, Slot.PRINCIPAL);
        tokens.expect(Kind.COMMA);
        tokens.expectWord("action");
        ActionScope action = actionScope(tokens);
        tokens.expect(Kind.COMMA);
        tokens.expectWord("resource");
        EntityScope resource = entityScope(tokens, Slot.RESOURCE);
        tokens.skip(Kind.COMMA);
        tokens.expect(Kind.RIGHT_PAREN);
        List<Condition> conditions = new ArrayList<>();
        while (!tokens.at(Kind.SEMICOLON)) {
            conditions.add(condition(tokens));
        }
        tokens.expect(Kind.SEMICOLON);
        Span at = tokens.since(start);
        try {
            return new Policy(annotations, effect, principal, action, resource, conditions, at);
        } catch (Bounds.OutOfBoundsException e) {
            throw new ReadException(String.valueOf(e.getMessage()), e.at());
        }
    }

    private static List<Annotation> annotations(Tokens tokens) {
        Map<String, Annotation> annotations = new LinkedHashMap<>();
        while (tokens.at(Kind.AT)) {
            int start = tokens.take().start();
            String name = tokens.text(tokens.expect(Kind.IDENTIFIER));
            Optional<String> value = Optional.empty();
            if (tokens.skip(Kind.LEFT_PAREN)) {
                value = Optional.of(tokens.string(tokens.expect(Kind.STRING)));
                tokens.expect(Kind.RIGHT_PAREN);
            }
            if (annotations.put(name, new Annotation(name, value)) != null) {
                throw new ReadException("the annotation " + name + " is there twice", tokens.since(start));
            }
        }
        return List.copyOf(annotations.values());
    }

    private static Condition condition(Tokens tokens) {
        int start = tokens.peek().start();
        Condition.Kind kind;
        if (tokens.skipWord("when")) {
            kind = Condition.Kind.WHEN;
        } else if (tokens.skipWord("unless")) {
            kind = Condition.Kind.UNLESS;
        } else {
            throw tokens.unexpected("when, unless or ;");
        }
        tokens.expect(Kind.LEFT_BRACE);
        Expr body = new ExprParser(tokens).expression();
        tokens.expect(Kind.RIGHT_BRACE);
        return new Condition(kind, body, tokens.since(start));
    }

    private static EntityScope entityScope(Tokens tokens, Slot slot) {
        if (tokens.skipWord("is")) {
            String type = tokens.path();
            return tokens.skipWord("in") ? new EntityScope.IsIn(type, target(tokens, slot)) : new EntityScope.Is(type);
        }
        if (tokens.skip(Kind.EQUAL)) {
            return new EntityScope.Equal(target(tokens, slot));
        }
        if (tokens.skipWord("in")) {
            return new EntityScope.In(target(tokens, slot));
        }
        return new EntityScope.Any();
    }

    private static Target target(Tokens tokens, Slot slot) {
        if (!tokens.at(Kind.SLOT)) {
            return parenthesized(tokens, open -> new Target.Known(open.entity()));
        }
        Token token = tokens.take();
        if (!tokens.text(token).equals(slot.text())) {
            throw new ReadException("only the slot " + slot.text() + " can be here", token.span());
        }
        return new Target.Open(slot);
    }

    private static ActionScope actionScope(Tokens tokens) {
        if (tokens.skip(Kind.EQUAL)) {
            return new ActionScope.Equal(parenthesized(tokens, PolicyParser::action));
        }
        if (tokens.skipWord("in")) {
            return parenthesized(
                    tokens,
                    open -> open.at(Kind.LEFT_BRACKET)
                            ? new ActionScope.InAny(actions(open))
                            : new ActionScope.In(action(open)));
        }
        return new ActionScope.Any();
    }

    private static List<EntityUid> actions(Tokens tokens) {
        tokens.expect(Kind.LEFT_BRACKET);
        List<EntityUid> actions = new ArrayList<>();
        while (!tokens.at(Kind.RIGHT_BRACKET)) {
            actions.add(parenthesized(tokens, PolicyParser::action));
            if (!tokens.skip(Kind.COMMA)) {
                break;
            }
        }
        tokens.expect(Kind.RIGHT_BRACKET);
        return actions;
    }

    private static EntityUid action(Tokens tokens) {
        int start = tokens.peek().start();
        EntityUid uid = tokens.entity();
        if (!ActionScope.isAction(uid)) {
            throw new ReadException("the scope of an action names actions, not " + uid, tokens.since(start));
        }
        return uid;
    }

    /** What {@code reading} reads, in any number of parentheses. */
    private static <T> T parenthesized(Tokens tokens, Function<Tokens, T> reading) {
        int open = 0;
        while (tokens.skip(Kind.LEFT_PAREN)) {
            open++;
        }
        T read = reading.apply(tokens);
        for (; open > 0; open--) {
            tokens.expect(Kind.RIGHT_PAREN);
        }
        return read;
    }
}
