package io.ashlar.filter.dsl;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * Values to make rows and constants of: few, so that they meet, and all of them awkward.
 *
 * @param texts words of one script after another, wildcards, quotes, half-known cases
 * @param instants edges of clock changes, and of time itself
 * @param days the days of those instants
 * @param constants decimals that a caller may ask for, also where no store can hold them
 * @param absentLists whether a list may be absent, and not only empty
 */
record Pool(
        List<String> texts,
        List<Instant> instants,
        List<LocalDate> days,
        List<BigDecimal> constants,
        boolean absentLists) {

    static final List<String> ENUM_WORDS = List.of("active", "trial", "Über", "'; --");
    static final List<String> ZONES = List.of(
            "UTC",
            "America/New_York",
            "America/Havana",
            "America/Sao_Paulo",
            "Asia/Kathmandu",
            "Australia/Lord_Howe",
            "Pacific/Apia",
            "Europe/Dublin");

    private static final List<String> PLAIN_TEXTS = List.of(
            "",
            "a",
            "A",
            "ab",
            "aB",
            "a%b",
            "a_b",
            "a\\b",
            "%",
            "'",
            "\"",
            "x' OR '1'='1",
            "é",
            "e\u0301",
            "É",
            "ß",
            "ẞ",
            "I",
            "σ",
            "日本",
            "\uFFFD",
            "😀",
            "a😀b",
            "\u05d0\u05d1",
            "\n",
            " a",
            "$1",
            "?",
            "null",
            "ﬁ",
            "{p1:String}",
            "late bag",
            "Late—BAG, late!",
            "bag\u00a0late",
            "\uD7FF",
            "\uDBFF\uDFFF",
            "a\uDBFF\uDFFF");

    private static final List<Instant> MODERN = instants(
            // New York: forward and back.
            "2026-03-08T06:59:59.999999Z",
            "2026-03-08T07:00:00Z",
            "2025-11-02T05:30:00Z",
            "2025-11-02T06:30:00Z",
            "2026-03-09T03:59:59.999999Z",
            "2026-03-09T04:00:00Z",
            // Havana falls back to midnight, so that a day begins twice.
            "2025-11-02T04:15:00Z",
            "2025-11-02T05:15:00Z",
            // São Paulo had no midnight.
            "2018-11-04T02:59:59.999999Z",
            "2018-11-04T03:00:00Z",
            // Half an hour in Lord Howe.
            "2026-04-04T14:45:00Z",
            "2026-04-04T15:15:00Z",
            // Samoa left a day out.
            "2011-12-30T09:59:59.999999Z",
            "2011-12-30T10:00:00Z",
            "1969-12-31T23:59:59.999999Z",
            "2024-02-29T12:34:56.789012Z",
            "2026-01-01T00:00:00Z");

    private static final List<LocalDate> MODERN_DAYS = List.of(
            LocalDate.of(2026, 3, 8),
            LocalDate.of(2025, 11, 2),
            LocalDate.of(2025, 11, 3),
            LocalDate.of(2018, 11, 4),
            LocalDate.of(2011, 12, 30),
            LocalDate.of(2011, 12, 31),
            LocalDate.of(2024, 2, 29),
            LocalDate.of(1969, 12, 31),
            LocalDate.of(2026, 1, 1));

    private static final List<BigDecimal> DECIMALS = List.of(
            new BigDecimal("0"),
            new BigDecimal("1.1"),
            new BigDecimal("-1.0000000001"),
            new BigDecimal("12345678901.5"),
            new BigDecimal("-0.5"),
            new BigDecimal("2.25"));

    /** What PostgreSQL and DuckDB both hold. */
    static final Pool WIDE = new Pool(
            concat(PLAIN_TEXTS, List.of("İ", "ı", "ς", "Σ", "ΑΣ", "ǅ", "\u2126")),
            concat(
                    MODERN,
                    instants("0001-01-02T00:00:00.000001Z", "9999-12-30T23:59:59.999999Z", "1582-10-10T00:00:00Z")),
            concat(MODERN_DAYS, List.of(LocalDate.of(1, 1, 2), LocalDate.of(9999, 12, 30), LocalDate.of(1582, 10, 10))),
            concat(
                    DECIMALS,
                    List.of(
                            new BigDecimal("-0.000000000000000000001"),
                            new BigDecimal("1.00000000005"),
                            new BigDecimal("1e30"),
                            new BigDecimal("-1e30"))),
            true);

    /** What ClickHouse holds too; the rest is listed as its deviations. */
    static final Pool NARROW = new Pool(PLAIN_TEXTS, MODERN, MODERN_DAYS, WIDE.constants(), false);

    /** Doubles whose sums are exact in whatever order. */
    private static final List<Double> TAME = List.of(0.0, -0.0, 0.25, -1.5, 100.0, 1048576.0);

    private static final List<Double> WILD = List.of(0.0, -0.0, 0.1, 1.0 / 3, -1e-300, 1.7e308, 4.9e-324, 100.0, 1e21);

    /** What a row may hold. */
    Object value(Random random, Field field, boolean tame) {
        return switch (field.type()) {
            case STRING, TEXT -> pick(random, texts);
            case ENUM -> pick(random, field.values());
            case STRINGS ->
                random.ints(random.nextInt(4), 0, texts.size())
                        .mapToObj(texts::get)
                        .toList();
            case BOOL -> random.nextBoolean();
            case INT64, MONEY -> pick(random, List.of(0L, 1L, -1L, 60L, 61L, Long.MAX_VALUE, Long.MIN_VALUE));
            case DECIMAL -> pick(random, DECIMALS);
            case DOUBLE -> pick(random, tame ? TAME : WILD);
            case TIMESTAMP -> pick(random, instants);
            case DATE -> pick(random, days);
            case UUID ->
                pick(
                        random,
                        List.of(
                                new UUID(0, 1),
                                new UUID(1, 0),
                                new UUID(-1, 5),
                                new UUID(0x7fff_ffff_ffff_ffffL, -1),
                                new UUID(1, 1L << 63)));
        };
    }

    static <T> T pick(Random random, List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static List<Instant> instants(String... texts) {
        return java.util.Arrays.stream(texts).map(Instant::parse).toList();
    }

    private static <T> List<T> concat(List<T> some, List<T> more) {
        return java.util.stream.Stream.concat(some.stream(), more.stream()).toList();
    }
}
