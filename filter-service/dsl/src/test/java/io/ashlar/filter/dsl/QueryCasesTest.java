package io.ashlar.filter.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The cases under {@code cases/}: queries and what they come to, or everything that is wrong with them. */
final class QueryCasesTest {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    @TestFactory
    Stream<DynamicTest> good() throws IOException {
        return cases("good")
                .map(test -> DynamicTest.dynamicTest(test.path("name").asText(), () -> {
                    CheckedQuery checked =
                            check(test).orElseThrow(faults -> new IllegalStateException(faults.toString()));
                    assertThat(new FilterJson().write(checked.filter()).toString())
                            .isEqualTo(test.path("filter").toString());
                    if (test.has("sort")) {
                        assertThat(checked.sort().stream()
                                        .map(key ->
                                                key.field() + " " + key.dir().wire() + " "
                                                        + key.nulls().wire()))
                                .containsExactlyElementsOf(strings(test.path("sort")));
                    }
                    if (test.has("fields")) {
                        assertThat(checked.fields()).isEqualTo(strings(test.path("fields")));
                    }
                    if (test.has("limit")) {
                        assertThat(checked.limit()).isEqualTo(test.path("limit").intValue());
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> bad() throws IOException {
        return cases("bad")
                .map(test -> DynamicTest.dynamicTest(test.path("name").asText(), () -> {
                    assertThat(faults(check(test))).isEqualTo(strings(test.path("faults")));
                }));
    }

    private static Parsed<CheckedQuery> check(JsonNode test) {
        Dataset dataset = test.path("dataset").asText().equals("accounts") ? Datasets.ACCOUNTS : Datasets.FLIGHTS;
        Set<String> visible =
                test.has("visible") ? new LinkedHashSet<>(strings(test.path("visible"))) : Datasets.visible(dataset);
        String body = test.has("raw")
                ? test.path("raw").textValue()
                : test.path("query").toString();
        return new QueryReader().read(body.getBytes(StandardCharsets.UTF_8)).then(query -> new Checker()
                .check(query, dataset, visible));
    }

    /** Code, pointer, and the suggestion if there is one. */
    private static List<String> faults(Parsed<CheckedQuery> parsed) {
        return switch (parsed) {
            case Parsed.Ok<CheckedQuery>(CheckedQuery query) -> List.of("no fault in " + query);
            case Parsed.Faulty<CheckedQuery>(List<Fault> faults) ->
                faults.stream()
                        .map(fault -> fault.code() + " " + fault.pointer()
                                + (fault.didYouMean() == null ? "" : " " + fault.didYouMean()))
                        .toList();
        };
    }

    private static List<String> strings(JsonNode array) {
        List<String> strings = new ArrayList<>();
        array.forEach(node -> strings.add(node.textValue()));
        return strings;
    }

    private static Stream<JsonNode> cases(String name) throws IOException {
        try (InputStream in = QueryCasesTest.class.getResourceAsStream("/cases/" + name + ".json")) {
            assertThat(in).isNotNull();
            List<JsonNode> cases = new ArrayList<>();
            JSON.readTree(in).forEach(cases::add);
            return cases.stream();
        }
    }
}
