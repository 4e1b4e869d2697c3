package io.ashlar.authz.planning;

import java.util.Random;

/** Random conditions over {@link Things} in Cedar's text, mostly of fitting types, and the names that scopes use too. */
final class RandomConditions {

    private final Random random;

    RandomConditions(Random random) {
        this.random = random;
    }

    String one(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private String text() {
        return quoted(Things.pick(random, Things.TEXTS));
    }

    String user() {
        return "User::\"" + Things.entityId(random.nextInt(Things.ENTITIES + 1)) + '"';
    }

    String group() {
        return "Group::\"" + Things.entityId(random.nextInt(Things.ENTITIES + 1)) + '"';
    }

    String folder() {
        return "Folder::\"" + one("0", "1", "2", "01", "x") + '"';
    }

    String thing() {
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
