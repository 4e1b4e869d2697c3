package io.ashlar.filter.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which node keeps a row out, over the same random schemas, rows and queries by which SQL and interpreter were compared. */
final class VerdictTest {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    @Test
    void theVerdictOfTheWholeIsTheInterpretersAndPointersLeadToTheNodes() {
        int passed = 0;
        int failed = 0;
        for (long seed = 1; seed <= 40; seed++) {
            RandomSchema schema = RandomSchema.of(seed, Pool.WIDE);
            Dataset dataset = schema.dataset();
            for (int i = 0; i < 25; i++) {
                ObjectNode json = new RandomQuery(schema, seed * 100 + i).rows();
                Query query = Differential.read(json);
                CheckedQuery checked = Differential.checker(new Random(i))
                        .check(query, dataset, Datasets.visible(dataset))
                        .orElseThrow(faults -> new IllegalStateException(json + ": " + faults));
                var whole = new Interpreter().predicate(checked.filter(), dataset);
                for (Map<String, @Nullable Object> row : schema.rows(seed + i, 10)) {
                    Map<String, @Nullable Object> read = RowJson.values(written(row), dataset);
                    Verdict verdict = Verdict.of(query, checked.filter(), dataset, read);
                    assertThat(verdict.passes()).as("%s%n%s", json, row).isEqualTo(whole.test(row));
                    assertThat(verdict.causes()).isNotEmpty();
                    resolves(verdict, json);
                    passed += verdict.passes() ? 1 : 0;
                    failed += verdict.passes() ? 0 : 1;
                }
            }
        }
        assertThat(passed).isGreaterThan(1_000);
        assertThat(failed).isGreaterThan(1_000);
    }

    @Test
    void causesAreTheInnermostNodesThatMustChange() {
        assertThat(causes("""
                {"filters": [{"field": "visits", "op": "gt", "value": 1},
                             {"or": [{"field": "visits", "op": "eq", "value": 7}, {"field": "visits", "op": "eq", "value": 8}]},
                             {"not": {"and": [{"field": "visits", "op": "gt", "value": 2}, {}]}}]}
                """, 5L))
                .containsExactly("/filters/1/or/0", "/filters/1/or/1", "/filters/2/not/and/0", "/filters/2/not/and/1");
        assertThat(causes("{\"filters\": {\"not\": {\"field\": \"visits\", \"op\": \"gt\", \"value\": 1}}}", 5L))
                .containsExactly("/filters/not");
        assertThat(causes("{\"filters\": {\"or\": []}}", 5L)).containsExactly("/filters");
        assertThat(causes(
                        "{\"filters\": [{\"and\": [{\"field\": \"visits\", \"op\": \"is_null\", \"value\": true}]}]}",
                        5L))
                .containsExactly("/filters/0/and/0");
    }

    @Test
    void aKeyNamesOneRowAndNothingElse() {
        Dataset dataset = Datasets.THINGS;
        String name = dataset.key().getFirst();
        assertThat(key("{\"" + name + "\": \"e\u0301\"}", dataset))
                .isEqualTo(Parsed.ok(new Filter.Condition(name, Op.EQ, new Operand.One(Literal.of("e\u0301")))));
        assertThat(faults(key("{}", dataset))).containsExactly("missing_key:");
        assertThat(faults(key("[]", dataset))).containsExactly("wrong_type:");
        assertThat(faults(key("{\"" + name + "\": 1, \"x/y\": 2}", dataset)))
                .containsExactlyInAnyOrder("unknown_key:/x~1y", "wrong_type:/" + name);
        assertThat(faults(key("{\"" + name + "\": null}", dataset))).containsExactly("wrong_type:/" + name);
        assertThat(faults(key("{\"" + name + "\": \"a\\u0000\"}", dataset))).containsExactly("value_invalid:/" + name);
        assertThat(faults(RowKey.read(JSON.createObjectNode(), dataset, java.util.Set.of())))
                .containsExactly("unknown_field:");
    }

    @Test
    void aRowOfOtherTypesIsRefused() {
        String name = Datasets.THINGS.key().getFirst();
        assertThatThrownBy(() -> RowJson.values(JSON.createObjectNode().put(name, 1), Datasets.THINGS))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RowJson.values(JSON.createObjectNode().put("no such", 1), Datasets.THINGS))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Parsed<Filter> key(String json, Dataset dataset) {
        return RowKey.read(tree(json), dataset, Datasets.visible(dataset));
    }

    private static List<String> faults(Parsed<Filter> parsed) {
        return parsed instanceof Parsed.Faulty<Filter>(List<Fault> faults)
                ? faults.stream()
                        .map(fault -> fault.code() + ":" + fault.pointer())
                        .toList()
                : List.of();
    }

    private static List<String> causes(String json, long visits) {
        Dataset dataset = new Dataset(
                "d",
                1,
                "trial.d",
                "tenant_id",
                List.of("id"),
                "D",
                null,
                List.of(
                        new Field("id", FieldType.STRING, new Source.Column("id")).notNull(),
                        new Field("visits", FieldType.INT64, new Source.Column("visits"))));
        Query query = Differential.read(tree(json));
        Filter checked = new Checker()
                .check(query, dataset, Datasets.visible(dataset))
                .orElseThrow(faults -> new IllegalStateException(faults.toString()))
                .filter();
        Verdict verdict = Verdict.of(query, checked, dataset, Map.of("visits", visits));
        assertThat(verdict.passes()).isFalse();
        return verdict.causes().stream().map(Verdict::pointer).toList();
    }

    private static void resolves(Verdict verdict, JsonNode json) {
        assertThat(json.at(verdict.pointer()).isMissingNode())
                .as(verdict.pointer())
                .isFalse();
        verdict.nodes().forEach(inner -> resolves(inner, json));
    }

    private static JsonNode written(Map<String, ? extends @Nullable Object> row) {
        ObjectNode written = JSON.createObjectNode();
        row.forEach((name, value) -> written.set(
                name, value == null ? JsonNodeFactory.instance.nullNode() : FilterJson.write(Values.literal(value))));
        // As it comes over the wire.
        return tree(written.toString());
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (java.io.IOException malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }
}
