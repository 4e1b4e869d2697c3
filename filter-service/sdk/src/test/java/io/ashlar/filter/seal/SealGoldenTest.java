package io.ashlar.filter.seal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Seals were written once and are read for ever: a new form is another line, or another file beside these. That the present
 * writer writes the same text is asserted while there is one form of each operation only.
 */
final class SealGoldenTest {

    private static final Map<String, Map<String, SealedQuery>> EXPECTED =
            Map.of("seals-v1.txt", reads(), "seals-aggregate-explain-v1.txt", groupsAndExplanations());

    @TestFactory
    Stream<DynamicTest> everySealEverWrittenIsRead() {
        return EXPECTED.entrySet().stream().flatMap(file -> {
            Map<String, String> golden = golden(file.getKey());
            assertEquals(file.getValue().keySet(), golden.keySet());
            return golden.entrySet().stream()
                    .map(seal -> DynamicTest.dynamicTest(seal.getKey(), () -> {
                        Opened.Ok opened = assertInstanceOf(
                                Opened.Ok.class, Samples.reader().open(seal.getValue()));
                        assertEquals(file.getValue().get(seal.getKey()), opened.query());
                        assertEquals(Samples.NOW, opened.issuedAt());
                        assertEquals(Samples.NOW.plusSeconds(60), opened.expiresAt());
                    }));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"seals-v1.txt", "seals-aggregate-explain-v1.txt"})
    void theWriterWritesTheFrozenText(String file) {
        StringBuilder text = new StringBuilder();
        Map<String, SealedQuery> queries = EXPECTED.getOrDefault(file, Map.of());
        queries.forEach((name, query) -> text.append(name)
                .append(' ')
                .append(Samples.writer().seal(query).text())
                .append('\n'));
        assertEquals(file(file), text.toString());
    }

    private static Map<String, SealedQuery> reads() {
        Map<String, SealedQuery> expected = new LinkedHashMap<>();
        expected.put("first-page", Samples.page(null));
        expected.put("next-page", Samples.page(Samples.position()));
        expected.put("after-null", Samples.page(Samples.positionAfterNull()));
        expected.put(
                "stream-as-of",
                Samples.query(
                        SealedQuery.Operation.STREAM,
                        null,
                        Map.of("ashlar.telemetry.v1", Map.of(0, 12L, 1, 0L, 11, 9_007_199_254_740_993L))));
        expected.put("count", Samples.query(SealedQuery.Operation.COUNT, null, null));
        expected.put("describe", Samples.query(SealedQuery.Operation.DESCRIBE, null, null));
        return expected;
    }

    private static Map<String, SealedQuery> groupsAndExplanations() {
        Map<String, SealedQuery> expected = new LinkedHashMap<>();
        expected.put("aggregate", Samples.aggregate(null));
        expected.put("next-groups", Samples.aggregate(Samples.positionOfGroup()));
        expected.put("explain-page", Samples.page(Samples.position()).toExplain());
        expected.put(
                "explain-count",
                Samples.query(SealedQuery.Operation.COUNT, null, null).toExplain());
        expected.put(
                "explain-stream",
                Samples.query(SealedQuery.Operation.STREAM, null, null).toExplain());
        expected.put("explain-aggregate", Samples.aggregate(null).toExplain());
        return expected;
    }

    private static Map<String, String> golden(String file) {
        Map<String, String> golden = new LinkedHashMap<>();
        file(file).lines().forEach(line -> {
            int space = line.indexOf(' ');
            golden.put(line.substring(0, space), line.substring(space + 1));
        });
        return golden;
    }

    private static String file(String name) {
        try (InputStream in = SealGoldenTest.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}
