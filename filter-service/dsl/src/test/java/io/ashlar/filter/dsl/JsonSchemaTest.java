package io.ashlar.filter.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The schema takes what the checker takes, and refuses what is of another shape. */
final class JsonSchemaTest {

    @Test
    void whateverTheCheckerTakesTheSchemaTakes() {
        for (long seed = 1; seed <= 30; seed++) {
            RandomSchema schema = RandomSchema.of(seed, Pool.WIDE);
            JsonNode written = JsonSchema.of(schema.dataset(), Datasets.visible(schema.dataset()));
            for (int i = 0; i < 40; i++) {
                RandomQuery random = new RandomQuery(schema, seed * 40 + i);
                JsonNode query = i % 2 == 0 ? random.rows() : random.groups();
                assertThat(Schemas.faults(written, query)).as("%s", query).isEmpty();
            }
        }
    }

    @Test
    void theGoodCasesAreTaken() throws IOException {
        for (JsonNode test : cases("good")) {
            Dataset dataset = dataset(test);
            JsonNode schema = JsonSchema.of(dataset, Datasets.visible(dataset));
            assertThat(Schemas.faults(schema, test.path("query")))
                    .as("%s", test)
                    .isEmpty();
        }
    }

    /** Cases whose faults need no knowledge of values: the schema refuses these too. */
    @Test
    void faultsOfFormAreRefused() throws IOException {
        Set<String> ofForm = Set.of(
                "unknown_key",
                "missing_key",
                "wrong_type",
                "ambiguous_node",
                "unknown_field",
                "unknown_operator",
                "operator_not_allowed");
        int refused = 0;
        for (JsonNode test : cases("bad")) {
            String first = test.path("faults").path(0).asText().split(" ", 2)[0];
            boolean ci = test.toString().contains("\"ci\"");
            boolean order = test.toString().contains("/sort");
            if (!test.has("query") || !ofForm.contains(first) || ci || order || test.has("visible")) {
                continue;
            }
            Dataset dataset = dataset(test);
            JsonNode schema = JsonSchema.of(dataset, Datasets.visible(dataset));
            assertThat(Schemas.faults(schema, test.path("query")))
                    .as("%s", test)
                    .isNotEmpty();
            refused++;
        }
        assertThat(refused).isGreaterThan(8);
    }

    @Test
    void whatIsHiddenIsNotInIt() {
        assertThat(JsonSchema.of(Datasets.FLIGHTS, Set.of("origin", "delay")).toString())
                .contains("origin", "delay")
                .doesNotContain("distance", "entity_id", "ingest", "tenant_id");
    }

    private static Dataset dataset(JsonNode test) {
        return switch (test.path("dataset").asText()) {
            case "accounts" -> Datasets.ACCOUNTS;
            case "orders" -> Datasets.ORDERS;
            default -> Datasets.FLIGHTS;
        };
    }

    private static JsonNode cases(String name) throws IOException {
        try (InputStream in = JsonSchemaTest.class.getResourceAsStream("/cases/" + name + ".json")) {
            assertThat(in).isNotNull();
            return new JsonMapper().readTree(in);
        }
    }
}
