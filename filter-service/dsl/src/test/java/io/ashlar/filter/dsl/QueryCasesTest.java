package io.ashlar.filter.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
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

    private static final Filter LATE =
            Filter.where("total").gt(100).and(Filter.where("state").neq("paid"));

    /** In the night in which New York's clocks went back, in the second of the two hours between one and two. */
    private static final Checker CHECKER =
            new Checker(InstantSource.fixed(Instant.parse("2025-11-02T06:15:00Z")), id -> switch (id) {
                case "late" -> LATE;
                case "later" -> Filter.segment("late").and(Filter.where("due").isPresent());
                case "circle" -> Filter.segment("circle").not();
                case "of-another" -> Filter.where("nothing").eq(1);
                default -> null;
            });

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

    @TestFactory
    Stream<DynamicTest> aggregates() throws IOException {
        return cases("aggregates")
                .map(test -> DynamicTest.dynamicTest(test.path("name").asText(), () -> {
                    Parsed<CheckedAggregate> parsed = checkAggregate(test, test.path("query"));
                    if (test.has("faults")) {
                        assertThat(faults(parsed)).isEqualTo(strings(test.path("faults")));
                        return;
                    }
                    CheckedAggregate checked =
                            parsed.orElseThrow(faults -> new IllegalStateException(faults.toString()));
                    assertThat(checked.outputs().stream()
                                    .map(field ->
                                            field.name() + " " + field.type().wire()))
                            .isEqualTo(strings(test.path("outputs")));
                    assertThat(checked.having().json())
                            .isEqualTo(test.path("having").toString());
                    assertThat(checked.sort().stream()
                                    .map(key -> key.field() + " " + key.dir().wire()))
                            .isEqualTo(strings(test.path("sort")));
                }));
    }

    /** What is certain is certain: with its fixes the body is right. */
    @TestFactory
    Stream<DynamicTest> fixes() throws IOException {
        return cases("fixes")
                .map(test -> DynamicTest.dynamicTest(test.path("name").asText(), () -> {
                    JsonNode body = test.path("query").deepCopy();
                    List<Fault> faults = all(read(test, body));
                    assertThat(faults).isNotEmpty();
                    for (Fault fault : faults) {
                        assertThat(fault.fix()).as("%s", fault).isNotNull();
                        fault.fix().forEach(step -> Patches.apply(body, step));
                    }
                    assertThat(body.toString()).isEqualTo(test.path("fixed").toString());
                    assertThat(all(read(test, body))).isEmpty();
                }));
    }

    private static Parsed<?> read(JsonNode test, JsonNode body) {
        return body.has("aggregate") ? checkAggregate(test, body) : check(test, body.toString());
    }

    private static Parsed<CheckedQuery> check(JsonNode test) {
        return check(
                test,
                test.has("raw")
                        ? test.path("raw").textValue()
                        : test.path("query").toString());
    }

    private static Parsed<CheckedQuery> check(JsonNode test, String body) {
        Dataset dataset = dataset(test);
        return new QueryReader()
                .read(body.getBytes(StandardCharsets.UTF_8))
                .then(query -> CHECKER.check(query, dataset, visible(test, dataset)));
    }

    private static Parsed<CheckedAggregate> checkAggregate(JsonNode test, JsonNode body) {
        Dataset dataset = dataset(test);
        return new QueryReader()
                .read(body.toString().getBytes(StandardCharsets.UTF_8))
                .then(query -> CHECKER.checkAggregate(query, dataset, visible(test, dataset)));
    }

    private static Dataset dataset(JsonNode test) {
        return switch (test.path("dataset").asText()) {
            case "accounts" -> Datasets.ACCOUNTS;
            case "orders" -> Datasets.ORDERS;
            default -> Datasets.FLIGHTS;
        };
    }

    private static Set<String> visible(JsonNode test, Dataset dataset) {
        return test.has("visible") ? new LinkedHashSet<>(strings(test.path("visible"))) : Datasets.visible(dataset);
    }

    /** Code, pointer, and the suggestion if there is one. */
    private static List<String> faults(Parsed<?> parsed) {
        return all(parsed).stream()
                .map(fault -> fault.code() + " " + fault.pointer()
                        + (fault.didYouMean() == null ? "" : " " + fault.didYouMean()))
                .toList();
    }

    private static List<Fault> all(Parsed<?> parsed) {
        return switch (parsed) {
            case Parsed.Ok<?> ok -> List.of();
            case Parsed.Faulty<?>(List<Fault> faults) -> faults;
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
