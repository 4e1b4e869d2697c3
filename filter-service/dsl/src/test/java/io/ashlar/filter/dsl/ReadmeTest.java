package io.ashlar.filter.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The README's examples do what it says. */
final class ReadmeTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String FENCE = "```";

    @TestFactory
    Stream<DynamicTest> examples() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        String kind = "";
        StringBuilder block = new StringBuilder();
        for (String line : Files.readAllLines(Path.of("README.md"), StandardCharsets.UTF_8)) {
            if (line.startsWith(FENCE + "json ")) {
                kind = line.substring(FENCE.length() + 5);
                block.setLength(0);
            } else if (line.equals(FENCE) && !kind.isEmpty()) {
                String what = kind;
                JsonNode example = JSON.readTree(block.toString());
                tests.add(DynamicTest.dynamicTest(what + " " + tests.size(), () -> execute(what, example)));
                kind = "";
            } else {
                block.append(line).append('\n');
            }
        }
        assertThat(tests).hasSizeGreaterThanOrEqualTo(5);
        return tests.stream();
    }

    private static void execute(String kind, JsonNode example) {
        switch (kind) {
            case "query" -> assertThat(check(example)).isInstanceOf(Parsed.Ok.class);
            case "aggregate" ->
                assertThat(Differential.read(example))
                        .extracting(query -> new Checker()
                                .checkAggregate(query, Datasets.ACCOUNTS, Datasets.visible(Datasets.ACCOUNTS)))
                        .isInstanceOf(Parsed.Ok.class);
            case "dataset" ->
                assertThat(new DatasetJson().declaration(example, "flights", 1)).isInstanceOf(Parsed.Ok.class);
            case "filter" -> {
                FilterJson codec = new FilterJson();
                Filter filter = codec.read(example).orElseThrow(faults -> new IllegalStateException(faults.toString()));
                assertThat(codec.write(filter).toString()).isEqualTo(example.toString());
            }
            case "faults" -> {
                JsonNode errors =
                        switch (check(example.path("query"))) {
                            case Parsed.Ok<CheckedQuery> ok -> JSON.createArrayNode();
                            case Parsed.Faulty<CheckedQuery>(List<Fault> faults) -> JSON.valueToTree(faults);
                        };
                assertThat(errors).hasToString(example.path("errors").toString());
            }
            default -> throw new IllegalStateException("an example of no kind: " + kind);
        }
    }

    private static Parsed<CheckedQuery> check(JsonNode query) {
        return new QueryReader()
                .read(query.toString().getBytes(StandardCharsets.UTF_8))
                .then(read -> new Checker().check(read, Datasets.ACCOUNTS, Datasets.visible(Datasets.ACCOUNTS)));
    }
}
