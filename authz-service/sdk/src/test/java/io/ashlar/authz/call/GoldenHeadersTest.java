package io.ashlar.authz.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.ashlar.filter.dsl.Fault;
import io.ashlar.filter.dsl.Parsed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The grammar of the house's headers, line by line. */
class GoldenHeadersTest {

    @Test
    void everyLineReadsAsItAlwaysDid() throws IOException {
        String[] lines = golden().split("\n", -1);
        int read = 0;
        for (String line : lines) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            int first = line.indexOf(" | ");
            int last = line.lastIndexOf(" | ");
            String kind = line.substring(0, first);
            String input = line.substring(first + 3, last);
            assertThat(outcome(kind, input)).as(line).isEqualTo(line.substring(last + 3));
            read++;
        }
        assertThat(read).isGreaterThan(25);
    }

    @Test
    void lengthsAreBounded() {
        assertThat(Headers.requestId("a".repeat(128))).hasSize(128);
        assertThat(Headers.requestId("a".repeat(129))).hasSize(36);
        assertThat(Headers.requestId(null)).hasSize(36);
        assertThat(Headers.idempotencyKey("a".repeat(256))).isInstanceOf(Parsed.Faulty.class);
        assertThat(Headers.consistency("session", null, "v1." + "a".repeat(Headers.TOKEN_MAX_CHARS)))
                .isInstanceOf(Parsed.Faulty.class);
    }

    private static String outcome(String kind, String input) {
        return switch (kind) {
            case "consistency" -> consistency(input.split(",", -1));
            case "on-behalf-of" -> said(Headers.onBehalfOf(input), user -> user.tenant() + " " + user.subject());
            case "request-id" -> Headers.requestId(input).equals(input) ? "kept" : "replaced";
            case "idempotency-key" -> said(Headers.idempotencyKey(input), key -> key);
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private static String consistency(String[] parts) {
        return said(
                Headers.consistency(absent(parts[0]), absent(parts[1]), absent(parts[2])),
                asked -> asked.level() + " " + (asked.maxStaleness() == null ? "-" : asked.maxStaleness()) + " "
                        + (asked.token() == null ? "-" : asked.token()));
    }

    private static @Nullable String absent(String part) {
        return part.equals("-") ? null : part;
    }

    private static <T> String said(Parsed<T> parsed, Function<T, String> text) {
        return switch (parsed) {
            case Parsed.Ok<T> ok -> text.apply(ok.value());
            case Parsed.Faulty<T> faulty ->
                faulty.faults().stream().map(Fault::code).collect(Collectors.joining(" ", "! ", ""));
        };
    }

    private static String golden() throws IOException {
        try (InputStream in = GoldenHeadersTest.class.getResourceAsStream("/golden/headers.txt")) {
            assertThat(in).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
