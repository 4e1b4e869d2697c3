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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The seals of {@code seals-v1.txt} were written once and are read for ever: a new form is another line, or another file
 * beside it. That the present writer writes the same text is asserted while there is one form only.
 */
final class SealGoldenTest {

    private static final Map<String, SealedQuery> EXPECTED = expected();

    @TestFactory
    Stream<DynamicTest> everySealEverWrittenIsRead() {
        Map<String, String> golden = golden();
        assertEquals(EXPECTED.keySet(), golden.keySet());
        return golden.entrySet().stream()
                .map(seal -> DynamicTest.dynamicTest(seal.getKey(), () -> {
                    Opened.Ok opened =
                            assertInstanceOf(Opened.Ok.class, Samples.reader().open(seal.getValue()));
                    assertEquals(EXPECTED.get(seal.getKey()), opened.query());
                    assertEquals(Samples.NOW, opened.issuedAt());
                    assertEquals(Samples.NOW.plusSeconds(60), opened.expiresAt());
                }));
    }

    @Test
    void theWriterWritesTheFrozenText() {
        StringBuilder text = new StringBuilder();
        EXPECTED.forEach((name, query) -> text.append(name)
                .append(' ')
                .append(Samples.writer().seal(query).text())
                .append('\n'));
        assertEquals(file(), text.toString());
    }

    private static Map<String, SealedQuery> expected() {
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

    private static Map<String, String> golden() {
        Map<String, String> golden = new LinkedHashMap<>();
        file().lines().forEach(line -> {
            int space = line.indexOf(' ');
            golden.put(line.substring(0, space), line.substring(space + 1));
        });
        return golden;
    }

    private static String file() {
        try (InputStream in = SealGoldenTest.class.getResourceAsStream("seals-v1.txt")) {
            if (in == null) {
                throw new IllegalStateException("seals-v1.txt is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}
