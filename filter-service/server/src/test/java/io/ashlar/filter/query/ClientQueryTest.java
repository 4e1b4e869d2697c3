package io.ashlar.filter.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.ashlar.filter.dsl.QueryReader;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ClientQueryTest {

    @Test
    void theHashIsFrozen() {
        // Cursors and receipts of older versions carry it.
        assertThat(hash("{}")).isEqualTo("sha256:36f668905fde9dc7f539a2d0e1846fc692df4ff335b5bf526f3cf7fe474f6fe3");
    }

    @Test
    void spellingAndPageDoNotCount() {
        String plain = hash("{\"filters\":[{\"field\":\"a\",\"op\":\"eq\",\"value\":1}],\"sort\":{\"field\":\"a\"}}");
        assertThat(hash("""
                        {"page": {"limit": 7, "cursor": "v1.k.x"}, "sort": {"nulls": "last", "dir": "asc", "field": "a"},
                         "filters": [{"value": 1.0, "op": "eq", "field": "a"}]}
                        """)).isEqualTo(plain);
    }

    @Test
    void whatChangesTheAnswerChangesTheHash() {
        List<String> queries = List.of(
                "{}",
                "{\"tz\":\"Europe/Paris\"}",
                "{\"fields\":[\"a\"]}",
                "{\"fields\":[\"a\",\"b\"]}",
                "{\"fields\":[\"b\",\"a\"]}",
                "{\"sort\":{\"field\":\"a\"}}",
                "{\"sort\":{\"field\":\"a\",\"nulls\":\"first\"}}",
                "{\"sort\":{\"field\":\"a\",\"dir\":\"desc\"}}",
                "{\"filters\":[{\"field\":\"a\",\"op\":\"eq\",\"value\":1}]}",
                "{\"filters\":[{\"field\":\"a\",\"op\":\"eq\",\"value\":\"1\"}]}",
                "{\"filters\":[{\"field\":\"a\",\"op\":\"eq\",\"value\":\"x\",\"ci\":true}]}",
                "{\"filters\":{\"not\":{\"field\":\"a\",\"op\":\"eq\",\"value\":1}}}");
        Set<String> hashes = new HashSet<>();
        queries.forEach(query -> hashes.add(hash(query)));
        assertThat(hashes).hasSameSizeAs(queries);
    }

    @Test
    void whatSegmentsStandForCounts() {
        String query = "{\"filters\":{\"segment\":\"s\"}}";
        assertThat(Set.of(hash(query, ""), hash(query, "s {}"), hash(query, "s {\"or\":[]}")))
                .hasSize(3);
        assertThat(hash(query, "s {}")).isEqualTo(hash(query, "s {}"));
    }

    private static String hash(String json) {
        return hash(json, "");
    }

    private static String hash(String json, String segments) {
        return ClientQuery.of(
                        new QueryReader()
                                .read(json.getBytes(StandardCharsets.UTF_8))
                                .orElseThrow(faults -> new IllegalArgumentException(faults.toString())),
                        segments)
                .hash();
    }
}
