package io.ashlar.authz.planning;

import io.ashlar.cedar.EntityUid;
import io.ashlar.cedar.value.Datetime;
import io.ashlar.cedar.value.Decimal;
import io.ashlar.cedar.value.EntityFacts;
import io.ashlar.cedar.value.EntityStore;
import io.ashlar.cedar.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Random policies over {@link Things}, mostly of fitting types, and the principals that they speak of. */
final class RandomPolicies {

    static final EntityUid ANA = new EntityUid("User", "e0");
    static final EntityUid READ = new EntityUid("Action", "read");

    private final Random random;

    RandomPolicies(Random random) {
        this.random = random;
    }

    /** Users and groups; a group is in groups of higher numbers only. Folders are nobody's. */
    EntityStore principals() {
        List<EntityFacts> facts = new ArrayList<>();
        for (int i = 0; i < Things.ENTITIES; i++) {
            Set<EntityUid> above = new HashSet<>();
            for (int j = i + 1; j < Things.ENTITIES; j++) {
                if (random.nextInt(3) == 0) {
                    above.add(new EntityUid("Group", Things.entityId(j)));
                }
            }
            facts.add(new EntityFacts(new EntityUid("Group", Things.entityId(i)), Map.of(), Map.of(), above));
        }
        for (int i = 0; i < Things.ENTITIES; i++) {
            Set<EntityUid> groups = new HashSet<>();
            for (int j = 0; j < Things.ENTITIES; j++) {
                if (random.nextInt(4) == 0) {
                    groups.add(new EntityUid("Group", Things.entityId(j)));
                }
            }
            facts.add(new EntityFacts(new EntityUid("User", Things.entityId(i)), attributes(), Map.of(), groups));
        }
        return EntityStore.of(facts);
    }

    /** Also the context's. Each is missing now and then. */
    Map<String, Value> attributes() {
        Map<String, Value> all = new HashMap<>();
        all.put("home", new Value.Text(Things.pick(random, Things.TEXTS)));
        all.put("level", new Value.Whole(Things.pick(random, Things.NUMBERS)));
        all.put("admin", Value.Flag.of(random.nextBoolean()));
        all.put(
                "limit",
                new Decimal(
                        Things.pick(random, Things.DECIMALS).movePointRight(4).longValueExact()));
        all.put("now", new Datetime(Things.pick(random, Things.INSTANTS).toEpochMilli()));
        all.put("team", new Value.Reference(new EntityUid("Group", Things.entityId(random.nextInt(Things.ENTITIES)))));
        Set<Value> homes = new HashSet<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            homes.add(new Value.Text(Things.pick(random, Things.TEXTS)));
        }
        all.put("homes", new Value.SetOf(homes));
        all.put("place", new Value.Fields(Map.of("city", new Value.Text(Things.pick(random, Things.TEXTS)))));
        all.keySet().removeIf(name -> random.nextInt(6) == 0);
        return all;
    }

    List<String> policies() {
        List<String> policies = new ArrayList<>();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            policies.add(policy(i == 1 ? "permit" : one("permit", "permit", "forbid")));
        }
        return policies;
    }

    private String policy(String effect) {
        String principal = one(
                "principal",
                "principal",
                "principal",
                "principal == " + user(),
                "principal in " + group(),
                "principal is User",
                "principal is User in " + group());
        String action =
                one("action", "action", "action == Action::\"read\"", "action in [Action::\"read\", Action::\"x\"]");
        String resource = one(
                "resource",
                "resource",
                "resource",
                "resource is Thing",
                "resource == " + thing(),
                "resource in " + one(group(), folder()),
                "resource is Thing in " + group(),
                "resource is Other");
        StringBuilder text = new StringBuilder(effect + "(" + principal + ", " + action + ", " + resource + ")");
        for (int i = random.nextInt(3); i > 0; i--) {
            text.append(one(" when { ", " when { ", " unless { "))
                    .append(bool(3))
                    .append(" }");
        }
        return text.append(';').toString();
    }

    private String one(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private String text() {
        return quoted(Things.pick(random, Things.TEXTS));
    }

    private String user() {
        return "User::\"" + Things.entityId(random.nextInt(Things.ENTITIES + 1)) + '"';
    }

    private String group() {
        return "Group::\"" + Things.entityId(random.nextInt(Things.ENTITIES + 1)) + '"';
    }

    private String folder() {
        return "Folder::\"" + one("0", "1", "2", "01", "x") + '"';
    }

    private String thing() {
        return "Thing::\"r" + random.nextInt(8) + '"';
    }

    private String number() {
        long number = Things.pick(random, Things.NUMBERS);
        return number < 0 ? "(" + number + ")" : Long.toString(number);
    }

    /** A bool; {@code depth} more levels of connectives. */
    String bool(int depth) {
        if (depth > 0 && random.nextInt(100) < 55) {
            return switch (random.nextInt(6)) {
                case 0, 1 -> "(" + bool(depth - 1) + " && " + bool(depth - 1) + ")";
                case 2, 3 -> "(" + bool(depth - 1) + " || " + bool(depth - 1) + ")";
                case 4 -> "!(" + bool(depth - 1) + ")";
                default -> "(if " + bool(depth - 1) + " then " + bool(depth - 1) + " else " + bool(depth - 1) + ")";
            };
        }
        return switch (random.nextInt(16)) {
            case 0 ->
                one(
                        "true",
                        "false",
                        "resource.b",
                        "context.admin",
                        "principal.admin",
                        "resource.s",
                        "resource.b == true");
            case 1, 2 -> equality();
            case 3 -> longs(2) + one(" < ", " <= ", " > ", " >= ", " == ", " != ") + longs(1);
            case 4 -> instants(2) + one(" < ", " <= ", " > ", " >= ", " == ") + instants(1);
            case 5 -> durations() + one(" < ", " <= ", " > ", " >= ", " == ") + durations();
            case 6 ->
                decimals() + one(".lessThan(", ".lessThanOrEqual(", ".greaterThan(", ".greaterThanOrEqual(")
                        + decimals() + ")";
            case 7 -> strings() + " like " + pattern();
            case 8 -> has();
            case 9, 10 -> sets();
            case 11, 12 -> membership();
            case 13 -> type();
            case 14 -> odd();
            default -> "resource has " + one("s", "n", "t", "crew", "crew.name", "owner", "tags");
        };
    }

    private String equality() {
        String op = one(" == ", " != ");
        return switch (random.nextInt(9)) {
            case 0, 1 -> strings() + op + strings();
            case 2 -> longs(1) + op + longs(1);
            case 3 -> decimals() + op + decimals();
            case 4 -> instants(1) + op + instants(1);
            case 5 -> entities() + op + entities();
            case 6 -> any() + op + any();
            case 7 -> "{a: " + longs(1) + ", b: " + strings() + "}." + one("a", "b", "c") + op + one("1", text());
            default -> "(if " + bool(0) + " then " + strings() + " else " + strings() + ")" + op + text();
        };
    }

    /** Of any type. */
    private String any() {
        return switch (random.nextInt(7)) {
            case 0 -> strings();
            case 1 -> longs(1);
            case 2 -> decimals();
            case 3 -> instants(1);
            case 4 -> entities();
            case 5 -> one("true", "resource.b", "(resource.n > 1)", "[1]", "{}", "resource.tags", "ip(\"10.0.0.1\")");
            default -> durations();
        };
    }

    private String strings() {
        return one(
                text(),
                text(),
                "resource.s",
                "resource.s",
                "resource.word",
                "resource.u",
                "resource.crew.name",
                "principal.home",
                "context.home",
                "principal.place.city",
                quoted(Things.pick(random, Things.WORDS)),
                quoted(Things.pick(random, Things.UUIDS).toString()));
    }

    private String longs(int depth) {
        if (depth > 0 && random.nextInt(3) == 0) {
            return switch (random.nextInt(4)) {
                case 0 -> "(" + longs(depth - 1) + one(" + ", " - ") + number() + ")";
                case 1 -> "(" + number() + one(" + ", " - ") + longs(depth - 1) + ")";
                case 2 -> "(" + longs(depth - 1) + " * " + one("0", "2", "(-3)", number()) + ")";
                default -> "-(" + longs(depth - 1) + ")";
            };
        }
        return one(
                "resource.n",
                "resource.n",
                "resource.m",
                "resource.crew.size",
                number(),
                number(),
                "principal.level",
                "context.level");
    }

    private String instants(int depth) {
        if (depth > 0 && random.nextInt(3) == 0) {
            return one(
                    instants(depth - 1) + ".offset(" + duration() + ")",
                    "resource.t.toDate()",
                    "resource.day.toDate()",
                    instants(0) + ".toDate()");
        }
        return one(
                "resource.t",
                "resource.day",
                "context.now",
                "principal.now",
                "datetime(\"2024-02-29\")",
                "datetime(\"2024-02-29T12:30:00.000Z\")",
                "datetime(\"2024-02-29T12:30:00.001Z\")",
                "datetime(\"2024-03-01T00:00:00+0130\")",
                "datetime(\"1969-12-31T23:59:59.999Z\")",
                "datetime(\"9999-12-31T23:59:59.999Z\")",
                "datetime(\"0000-01-01\")");
    }

    private String duration() {
        return "duration(\"" + one("0ms", "1ms", "-1ms", "1d", "-36h", "2024d", "-106751991167d") + "\")";
    }

    private String durations() {
        return one(
                duration(),
                "context.now.durationSince(" + instants(1) + ")",
                instants(1) + ".durationSince(context.now)",
                "resource.t.durationSince(datetime(\"2024-02-29\"))",
                "datetime(\"2024-03-01\").durationSince(resource.day)");
    }

    private String decimals() {
        return one(
                "resource.d",
                "resource.d",
                "decimal(\"1.5\")",
                "decimal(\"0.0001\")",
                "decimal(\"-0.5\")",
                "principal.limit",
                "context.limit");
    }

    private String pattern() {
        return one(
                "\"*\"",
                "\"a*\"",
                "\"*a\"",
                "\"*b*\"",
                "\"ab*ba\"",
                "\"a*b\"",
                "\"a*a\"",
                "\"aba*aba\"",
                "\"SFO\"",
                "\"\"",
                "\"*%*\"",
                "\"a_*\"",
                "\"\\\\*\"",
                "\"é*\"",
                "\"a*b*\"",
                "\"*a*b*\"",
                "\"a**\"",
                "\"S*F*O\"",
                "\"*\\**\"");
    }

    private String has() {
        return one(
                "resource has s",
                "resource has crew",
                "resource has crew.size",
                "resource.crew has name",
                "principal has home",
                "context has now",
                "resource.s has x",
                "(resource has n && resource.n > 1)",
                "(resource has t && resource.t < context.now)",
                "(!(resource has s) || resource.s == " + text() + ")",
                "{a: resource.n} has a");
    }

    private String sets() {
        return switch (random.nextInt(12)) {
            case 0 -> "[" + text() + ", " + text() + "].contains(" + strings() + ")";
            case 1 -> "principal.homes.contains(" + strings() + ")";
            case 2 -> "resource.tags.contains(" + one(text(), "principal.home", "1", strings()) + ")";
            case 3 -> "resource.tags." + one("containsAll", "containsAny") + "(" + known() + ")";
            case 4 -> known() + "." + one("containsAll", "containsAny") + "(resource.tags)";
            case 5 -> "[resource.s, " + strings() + "].contains(" + one(text(), "principal.home") + ")";
            case 6 -> known() + "." + one("containsAll", "containsAny") + "([resource.s, " + text() + "])";
            case 7 -> one("context.homes", "principal.homes", "[resource.n]", "resource.n", "[]") + ".isEmpty()";
            case 8 -> "[" + number() + ", " + number() + "].contains(" + longs(1) + ")";
            case 9 -> "[context.now, datetime(\"2024-02-29\"), 1].contains(" + instants(1) + ")";
            case 10 ->
                "resource.readers."
                        + one("contains(" + entities() + ")", "containsAny([" + user() + ", " + group() + "])");
            default -> "[" + user() + ", " + group() + ", " + thing() + "].contains(" + entities() + ")";
        };
    }

    private String known() {
        return one(
                "context.homes",
                "principal.homes",
                "[" + text() + ", " + text() + "]",
                "[" + text() + "]",
                "[]",
                "[1, " + text() + "]");
    }

    private String entities() {
        return one(
                "resource.owner",
                "resource.team",
                "resource.folder",
                "principal",
                user(),
                group(),
                folder(),
                thing(),
                "resource",
                "principal.team",
                "action");
    }

    private String membership() {
        return one(
                entities() + " in " + entities(),
                "principal in "
                        + one("resource.team", "resource.groups", "resource.owner", "resource.readers", "resource"),
                "resource in "
                        + one(
                                group(),
                                folder(),
                                "[" + group() + ", " + folder() + "]",
                                "principal.team",
                                thing(),
                                "principal"),
                "resource.owner in " + one(group(), "[" + group() + ", " + group() + "]", "principal.team", user()),
                "resource.team in " + one(group(), "[" + group() + ", 1]", "context.team"),
                "principal in [" + entities() + ", " + entities() + "]",
                strings() + " in " + group());
    }

    private String type() {
        return one(
                "resource is Thing",
                "resource is Other",
                "resource is Thing in " + group(),
                "resource.owner is User",
                "resource.owner is User in " + group(),
                "resource.team is User in resource.team",
                "principal is User in resource.team",
                "resource.s is User");
    }

    /** What is no filter, or an error for every row. */
    private String odd() {
        return one(
                "resource.s < 1",
                "resource.n == resource.m",
                "resource.s == resource.s",
                "resource.x == 1",
                "resource.s.contains(1)",
                "resource.isEmpty()",
                "resource.n.isIpv4()",
                "principal.nothing == 1",
                "resource.owner.name == \"x\"",
                "(resource.n > 1) == resource.b",
                "(resource.n > 1) == true",
                "(resource.n > 1) != (resource.m > 1)",
                "[true].contains(resource.n > 1)",
                "resource.t.toTime() < duration(\"1h\")",
                "context.now.durationSince(resource.t).toDays() < 2",
                "context.now.durationSince(resource.t).toHours() >= (-3)",
                "resource.t.durationSince(context.now).toMilliseconds() == 0",
                "(if resource.b then resource.n else resource.m) > 1");
    }
}
