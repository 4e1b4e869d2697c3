package io.ashlar.filter.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A reader that remembers queries says what one says that reads each whole: the same queries, and the same faults. */
final class RememberedQueriesTest {

    private static final int SCHEMAS = 60;
    private static final int QUERIES = 8;
    private static final int VARIANTS = 12;

    /** What may come to stand in the place of a constant, or in the middle of one. */
    private static final List<String> SCRAPS = List.of(
            "0",
            "7",
            "-",
            "-0",
            "07",
            "1.50",
            "1.",
            ".5",
            "1e2",
            "1E400",
            "123456789012345678",
            "1234567890123456789",
            "0.0",
            "true",
            "null",
            "\"",
            "\"\"",
            "\"x\"",
            "\"a b\"",
            "\"\\u0041\"",
            "\"\\u0000\"",
            "\"é\"",
            "\"\uD83D\uDE00\"",
            "\\",
            ",",
            ":",
            "[",
            "]",
            "{",
            "}",
            "[]",
            "[1,\"a\"]",
            "{\"last\":7,\"unit\":\"day\"}",
            "\"value\":",
            "\"cursor\":\"c\",",
            " ",
            "\n",
            "\u0001",
            "\u007F",
            "or",
            "2026-01-01");

    private final QueryReader whole = new QueryReader();

    /** Each query as it is, with other constants, and with a scrap in the place of some of its bytes. */
    @Test
    void asIfEachWereReadWhole() {
        KnownQueries queries = new KnownQueries(256, Limits.CLIENT);
        QueryReader remembering = QueryReader.remembering(queries);
        int known = 0;
        int faulty = 0;
        for (long seed = 1; seed <= SCHEMAS; seed++) {
            RandomSchema schema = RandomSchema.of(seed, Pool.WIDE);
            for (int i = 0; i < QUERIES; i++) {
                long querySeed = seed * QUERIES + i;
                var node = new RandomQuery(schema, querySeed).rows();
                String json = i % 2 == 0 ? node.toString() : node.toPrettyString();
                assertSame(remembering, json);
                Random random = new Random(querySeed);
                for (int variant = 0; variant < VARIANTS; variant++) {
                    String other = variant % 2 == 0 ? otherConstants(json, random) : spoiled(json, random);
                    Outline outline = Outline.of(other.getBytes(StandardCharsets.UTF_8));
                    known += outline != null && queries.find(outline) != null ? 1 : 0;
                    faulty += assertSame(remembering, other) instanceof Parsed.Faulty ? 1 : 0;
                }
            }
        }
        // Nothing would be shown by queries that are never found again, nor by texts without a fault.
        assertThat(known).isGreaterThan(SCHEMAS * QUERIES);
        assertThat(faulty).isGreaterThan(SCHEMAS * QUERIES);
        assertThat(queries.size()).isBetween(100, 256);
    }

    @Test
    void noTextIsTakenForOneThatLooksLikeIt() {
        List<String> texts = new ArrayList<>();
        for (String value : List.of(
                "1",
                "\"1\"",
                "-1",
                "01",
                "1.0",
                "1.5",
                "1e0",
                "true",
                "null",
                "[1]",
                "[1,2]",
                "[\"1\",2]",
                "[1,\"2\"]",
                "[]",
                "{\"this\":\"day\"}",
                "\"\"",
                "\"a\\nb\"",
                "\"ü\"",
                "\"value\"",
                "\"" + "x".repeat(1_025) + "\"",
                "9".repeat(500),
                "-0",
                "[1,[2]]",
                "[true]",
                "1,\"value\":2",
                "1,\"or\":[]")) {
            for (String op : List.of("eq", "in", "between", "search", "is_null", "gt")) {
                texts.add("{\"filters\":{\"field\":\"a\",\"op\":\"" + op + "\",\"value\":" + value + "}}");
                texts.add("{\"filters\":[{\"value\":" + value + ",\"op\":\"" + op + "\",\"field\":\"b\"}]}");
            }
            texts.add("{\"value\":" + value + "}");
            texts.add("{\"page\":{\"cursor\":" + value + "}}");
            texts.add("{\"page\":{\"limit\":" + value + "}}");
            texts.add("{\"page\":{\"cursor\":" + value + "},\"filters\":{\"field\":\"a\",\"op\":\"eq\",\"value\":7}}");
            texts.add("{\"filters\":{\"field\":\"a\",\"op\":\"eq\",\"value\":7},\"page\":{\"cursor\":" + value + "}}");
            texts.add("{\"fields\":[\"value\"," + value + "],\"sort\":{\"field\":\"value\",\"rank\":" + value + "}}");
            texts.add("{\"aggregate\":{\"measures\":[{\"fn\":\"count\"}],\"having\":"
                    + "{\"field\":\"count\",\"op\":\"gt\",\"value\":" + value + "}}}");
        }
        QueryReader remembering = QueryReader.remembering();
        for (int round = 0; round < 3; round++) {
            texts.forEach(text -> assertSame(remembering, text));
        }
    }

    @Test
    void constantsAndCursorsAreNotKept() {
        byte[] json = """
                {"page":{"cursor":"v1.secret"},"filters":[{"field":"name","op":"in","value":["Ada","Eve"]},
                 {"field":"age","op":"gt","value":41}]}""".getBytes(StandardCharsets.UTF_8);
        Outline outline = Outline.of(json);
        assertThat(outline).isNotNull();
        Outline kept = outline.emptied();
        assertThat(kept).isEqualTo(outline).hasSameHashCodeAs(outline);
        assertThat(kept.gaps()).isEqualTo(4);
        for (int gap = 0; gap < kept.gaps(); gap++) {
            assertThat(kept.text(gap)).isEmpty();
        }
        KnownQueries queries = new KnownQueries(4, Limits.CLIENT);
        QueryReader remembering = QueryReader.remembering(queries);
        assertSame(remembering, new String(json, StandardCharsets.UTF_8));
        assertThat(queries.size()).isEqualTo(1);
        assertSame(
                remembering,
                new String(json, StandardCharsets.UTF_8)
                        .replace("secret", "other")
                        .replace("Eve", "Bob"));
        assertThat(queries.size()).isEqualTo(1);
    }

    @Test
    void theTableIsBounded() {
        KnownQueries queries = new KnownQueries(8, Limits.CLIENT);
        QueryReader remembering = QueryReader.remembering(queries);
        for (int i = 0; i < 500; i++) {
            assertSame(remembering, "{\"filters\":{\"field\":\"f" + i + "\",\"op\":\"eq\",\"value\":" + i + "}}");
        }
        assertThat(queries.size()).isEqualTo(8);
        assertThat(Outline.of(" ".repeat(5_000).getBytes(StandardCharsets.UTF_8)))
                .isNull();
    }

    private Parsed<Query> assertSame(QueryReader remembering, String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        byte[] before = bytes.clone();
        Parsed<Query> wanted = whole.read(bytes);
        assertThat(remembering.read(bytes)).as(json).isEqualTo(wanted);
        // Once more, now that it may be known.
        assertThat(remembering.read(bytes)).as(json).isEqualTo(wanted);
        assertThat(Arrays.equals(bytes, before)).isTrue();
        return wanted;
    }

    /** Digits and letters changed where constants are, mostly; names that this hits are others then. */
    private static String otherConstants(String json, Random random) {
        StringBuilder out = new StringBuilder(json);
        for (int at = json.indexOf("\"value\""); at >= 0; at = json.indexOf("\"value\"", at + 1)) {
            for (int i = at + 8; i < Math.min(json.length(), at + 8 + random.nextInt(12)); i++) {
                char c = json.charAt(i);
                if (c >= '1' && c <= '9') {
                    out.setCharAt(i, (char) ('1' + random.nextInt(9)));
                } else if (c >= 'a' && c <= 'z' && random.nextInt(40) == 0) {
                    out.setCharAt(i, (char) ('a' + random.nextInt(26)));
                }
            }
        }
        return out.toString();
    }

    private static String spoiled(String json, Random random) {
        int from = random.nextInt(json.length());
        int end = Math.min(json.length(), from + random.nextInt(4));
        return json.substring(0, from) + Pool.pick(random, SCRAPS) + json.substring(end);
    }
}
