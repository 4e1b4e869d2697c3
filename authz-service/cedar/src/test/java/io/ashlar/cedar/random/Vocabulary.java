package io.ashlar.cedar.random;

import io.ashlar.cedar.EntityUid;
import java.util.List;
import java.util.Random;

/** The few names that random cases are made of: few, so that they meet. */
final class Vocabulary {

    static final List<String> TYPES = List.of("User", "Group", "Doc", "Data::Thing");
    static final List<String> NAMES = List.of("a", "b", "two words", "if");
    private static final List<String> IDS = List.of("x", "y", "", "z\"\\\n*");
    private static final List<String> TEXTS =
            List.of("", "a", "ab", "abc", "aab*b", "x\u00e9\ud83d\ude00", "\t\0\\", "banana", "ananas");
    private static final long[] NUMBERS = {0, 1, -1, 2, 7, 1_000, Long.MAX_VALUE, Long.MIN_VALUE, 3_037_000_500L};

    /** Types of expressions; an attribute of a type is named by it, so that a read mostly finds what it expects. */
    enum Kind {
        FLAG("flag"),
        NUMBER("number"),
        TEXT("text"),
        ENTITY("entity"),
        SET("set"),
        RECORD("record"),
        DECIMAL("dec"),
        DATETIME("instant"),
        DURATION("span"),
        IP("address");

        final String attribute;

        Kind(String attribute) {
            this.attribute = attribute;
        }
    }

    private final Random random;

    Vocabulary(Random random) {
        this.random = random;
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    <T> T one(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    Kind kind() {
        return one(List.of(Kind.values()));
    }

    EntityUid entity() {
        return new EntityUid(one(TYPES), one(IDS));
    }

    EntityUid action() {
        return new EntityUid(chance(90) ? "Action" : "Data::Action", one(List.of("read", "write", "all")));
    }

    String text() {
        return one(TEXTS);
    }

    long number() {
        return chance(70) ? random.nextInt(12) - 4 : NUMBERS[random.nextInt(NUMBERS.length)];
    }

    /** The argument of an extension constructor, now and then one that it refuses. */
    String argument(Kind kind) {
        return switch (kind) {
            case DECIMAL ->
                one(List.of("0.0", "1.5", "-1.50", "0.0001", "922337203685477.5807", "1", "1.23456", "-0.5"));
            case DATETIME ->
                one(List.of(
                        "1970-01-01",
                        "2024-02-29T23:59:59.999Z",
                        "2024-02-29T12:00:00+0530",
                        "0000-01-01",
                        "9999-12-31T00:00:00Z",
                        "2023-02-29",
                        "1969-12-31T23:00:00.001-0100",
                        "2024-01-01T24:00:00Z"));
            case DURATION ->
                one(List.of("0ms", "1d", "-1d12h", "1h30m", "59s999ms", "9223372036854775807ms", "1m1d", "-", "5ms"));
            case IP ->
                one(List.of(
                        "10.0.0.1",
                        "10.0.0.0/8",
                        "127.0.0.1",
                        "224.0.0.1/4",
                        "::1",
                        "fe80::/10",
                        "ff00::1:2/120",
                        "10.0.0.01",
                        "::ffff:1.2.3.4",
                        "0.0.0.0/0",
                        "1:2:3:4:5:6:7:8"));
            case FLAG, NUMBER, TEXT, ENTITY, SET, RECORD -> throw new IllegalArgumentException(kind.toString());
        };
    }
}
