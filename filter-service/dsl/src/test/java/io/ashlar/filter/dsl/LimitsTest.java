package io.ashlar.filter.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each limit: what just fits is read, one more is one fault. */
final class LimitsTest {

    private static final String CONDITION = "{\"field\":\"delay\",\"op\":\"eq\",\"value\":1}";

    @Test
    void bytes() {
        String query = "{\"filters\":[]}";
        assertThat(codes(query + " ".repeat(64 * 1024 - query.length()))).isEmpty();
        assertThat(codes(query + " ".repeat(64 * 1024 - query.length() + 1))).containsExactly("body_too_large");
    }

    @Test
    void depth() {
        assertThat(codes(nested(7))).isEmpty();
        assertThat(codes(nested(8))).containsExactly("too_deep");
    }

    @Test
    void nodes() {
        assertThat(codes(listed(100))).isEmpty();
        assertThat(codes(listed(300))).containsExactly("too_many_nodes");
    }

    @Test
    void values() {
        assertThat(codes(in(1_000))).isEmpty();
        assertThat(codes(in(1_001))).containsExactly("too_many_values");
        assertThat(codes("{\"filters\":[" + "{\"field\":\"delay\",\"op\":\"in\",\"value\":[1" + ",1".repeat(600) + "]},"
                        + "{\"field\":\"delay\",\"op\":\"in\",\"value\":[1" + ",1".repeat(600) + "]}]}"))
                .containsExactly("too_many_values");
    }

    @Test
    void strings() {
        assertThat(codes(text("x".repeat(1_024)))).isEmpty();
        assertThat(codes(text("x".repeat(1_025)))).containsExactly("too_long");
        assertThat(codes(text("é".repeat(512)))).isEmpty();
        assertThat(codes(text("é".repeat(513)))).containsExactly("too_long");
        assertThat(codes(text("😀".repeat(256)))).isEmpty();
        assertThat(codes(text("😀".repeat(257)))).containsExactly("too_long");
    }

    @Test
    void faultsAreBounded() {
        StringBuilder query = new StringBuilder("{");
        for (int i = 0; i < 500; i++) {
            query.append("\"k").append(i).append("\":1,");
        }
        assertThat(codes(query.append("\"filters\":[]}").toString())).hasSize(Faults.MAX);
    }

    private static String nested(int depth) {
        return "{\"filters\":" + "{\"not\":".repeat(depth) + CONDITION + "}".repeat(depth) + "}";
    }

    private static String listed(int nodes) {
        return "{\"filters\":[" + CONDITION + ("," + CONDITION).repeat(nodes - 1) + "]}";
    }

    private static String in(int values) {
        return "{\"filters\":{\"field\":\"delay\",\"op\":\"in\",\"value\":[1" + ",1".repeat(values - 1) + "]}}";
    }

    private static String text(String value) {
        return "{\"filters\":{\"field\":\"origin\",\"op\":\"eq\",\"value\":\"" + value + "\"}}";
    }

    private static List<String> codes(String query) {
        return switch (new QueryReader().read(query.getBytes(StandardCharsets.UTF_8))) {
            case Parsed.Ok<Query> ok -> List.of();
            case Parsed.Faulty<Query>(List<Fault> faults) ->
                faults.stream().map(Fault::code).toList();
        };
    }
}
