package io.ashlar.authz.planning;

import io.ashlar.cedar.EntityUid;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random policies over {@link Things} and {@link RandomPrincipals}. */
final class RandomPolicies {

    static final EntityUid ANA = new EntityUid("User", "e0");
    static final EntityUid READ = new EntityUid("Action", "read");

    private final Random random;
    private final RandomConditions conditions;

    RandomPolicies(Random random) {
        this.random = random;
        this.conditions = new RandomConditions(random);
    }

    List<String> draw() {
        List<String> policies = new ArrayList<>();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            policies.add(policy(i == 1 ? "permit" : conditions.one("permit", "permit", "forbid")));
        }
        return policies;
    }

    private String policy(String effect) {
        String principal = conditions.one(
                "principal",
                "principal",
                "principal",
                "principal == " + conditions.user(),
                "principal in " + conditions.group(),
                "principal is User",
                "principal is User in " + conditions.group());
        String action = conditions.one(
                "action", "action", "action == Action::\"read\"", "action in [Action::\"read\", Action::\"x\"]");
        String resource = conditions.one(
                "resource",
                "resource",
                "resource",
                "resource is Thing",
                "resource == " + conditions.thing(),
                "resource in " + conditions.one(conditions.group(), conditions.folder()),
                "resource is Thing in " + conditions.group(),
                "resource is Other");
        StringBuilder text = new StringBuilder(effect + "(" + principal + ", " + action + ", " + resource + ")");
        for (int i = random.nextInt(3); i > 0; i--) {
            text.append(conditions.one(" when { ", " when { ", " unless { "))
                    .append(conditions.bool(3))
                    .append(" }");
        }
        return text.append(';').toString();
    }
}
