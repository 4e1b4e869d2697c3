package io.ashlar.cedar.syntax;

import io.ashlar.cedar.Effect;
import io.ashlar.cedar.EntityUid;
import io.ashlar.cedar.syntax.EntityScope.Target;
import java.util.stream.Collectors;

/**
 * Writes trees as text, in one form for each tree: {@link PolicyParser} reads an equal tree from it. Comments and blanks of
 * the text that a tree was read from are gone.
 */
public final class PolicyFormatter {

    private PolicyFormatter() {}

    /** The policy, without a line break at its end. */
    public static String format(Policy policy) {
        StringBuilder out = new StringBuilder();
        for (Annotation annotation : policy.annotations()) {
            out.append('@').append(annotation.name());
            annotation.value().ifPresent(value -> out.append('(')
                    .append(Escapes.quoted(value))
                    .append(')'));
            out.append('\n');
        }
        out.append(policy.effect() == Effect.PERMIT ? "permit" : "forbid")
                .append(" (\n  principal")
                .append(scope(policy.principal()))
                .append(",\n  action")
                .append(scope(policy.action()))
                .append(",\n  resource")
                .append(scope(policy.resource()))
                .append("\n)");
        for (Condition condition : policy.conditions()) {
            out.append('\n').append(condition.kind().text()).append(" { ");
            new ExprWriter(out).write(condition.body());
            out.append(" }");
        }
        return out.append(';').toString();
    }

    /** The policies and templates one after the other; ids and links are not part of the text format. */
    public static String format(PolicySet set) {
        return set.policies().values().stream()
                .map(policy -> format(policy) + '\n')
                .collect(Collectors.joining("\n"));
    }

    /** The expression, in one line. */
    public static String format(Expr expr) {
        StringBuilder out = new StringBuilder();
        new ExprWriter(out).write(expr);
        return out.toString();
    }

    /** The entity's name, with every character escaped that the text format asks for. */
    public static String format(EntityUid uid) {
        return uid.type() + "::" + Escapes.quoted(uid.id());
    }

    private static String scope(EntityScope scope) {
        return switch (scope) {
            case EntityScope.Any any -> "";
            case EntityScope.Is(String type) -> " is " + type;
            case EntityScope.Equal(Target target) -> " == " + target(target);
            case EntityScope.In(Target target) -> " in " + target(target);
            case EntityScope.IsIn(String type, Target target) -> " is " + type + " in " + target(target);
        };
    }

    private static String target(Target target) {
        return switch (target) {
            case Target.Known(EntityUid uid) -> format(uid);
            case Target.Open(Slot slot) -> slot.text();
        };
    }

    private static String scope(ActionScope scope) {
        return switch (scope) {
            case ActionScope.Any any -> "";
            case ActionScope.Equal(EntityUid uid) -> " == " + format(uid);
            case ActionScope.In(EntityUid uid) -> " in " + format(uid);
            case ActionScope.InAny(java.util.List<EntityUid> uids) ->
                uids.stream().map(PolicyFormatter::format).collect(Collectors.joining(", ", " in [", "]"));
        };
    }
}
