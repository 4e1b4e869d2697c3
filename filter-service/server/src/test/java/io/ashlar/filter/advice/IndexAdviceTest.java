package io.ashlar.filter.advice;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ashlar.filter.client.Advice;
import io.ashlar.filter.dsl.CheckedQuery;
import io.ashlar.filter.dsl.Checker;
import io.ashlar.filter.dsl.Dataset;
import io.ashlar.filter.dsl.Field;
import io.ashlar.filter.dsl.FieldType;
import io.ashlar.filter.dsl.Query;
import io.ashlar.filter.dsl.QueryReader;
import io.ashlar.filter.dsl.Source;
import io.ashlar.router.client.DescribeAnswer.Index;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The cases of {@code advice/cases.json}: indexes and a query, and what is said of each condition and the order. */
final class IndexAdviceTest {

    private static final Dataset ORDERS = new Dataset(
            "orders",
            1,
            "shop.orders",
            "tenant_id",
            List.of("id"),
            "Order",
            null,
            List.of(
                    new Field("id", FieldType.STRING, new Source.Column("id")).notNull(),
                    new Field("state", FieldType.STRING, new Source.Column("state")),
                    new Field("total", FieldType.MONEY, new Source.Column("total")),
                    new Field("rate", FieldType.DECIMAL, new Source.Column("rate")),
                    new Field("placed_at", FieldType.TIMESTAMP, new Source.Column("placed_at")).notNull(),
                    new Field("tags", FieldType.STRINGS, new Source.Column("tags")),
                    new Field("note", FieldType.TEXT, new Source.Column("note")),
                    new Field("weight", FieldType.INT64, new Source.JsonField("attributes", "weight")),
                    new Field(
                            "speed",
                            FieldType.INT64,
                            new Source.Eav(
                                    "shop.values", "entity_id", "attribute_id", 7, "v_int64", List.of("event_at")))));

    @TestFactory
    Stream<DynamicTest> cases() throws IOException {
        try (InputStream in = IndexAdviceTest.class.getResourceAsStream("/advice/cases.json")) {
            assertThat(in).isNotNull();
            JsonNode cases = new JsonMapper().readTree(in);
            return StreamSupport.stream(cases.spliterator(), false)
                    .map(test -> DynamicTest.dynamicTest(test.path("name").textValue(), () -> {
                        List<Advice> advice = advice(test);
                        assertThat(advice.stream().map(IndexAdviceTest::line))
                                .containsExactlyElementsOf(strings(test.path("advice")));
                        assertThat(advice)
                                .allSatisfy(each -> assertThat(each.detail()).endsWith("."));
                        if (test.has("help")) {
                            assertThat(advice.getFirst().help())
                                    .isEqualTo(test.path("help").textValue());
                        }
                    }));
        }
    }

    private static List<Advice> advice(JsonNode test) {
        List<Index> indexes = new ArrayList<>();
        indexes.add(new Index("orders_pkey", List.of("tenant_id", "id"), "btree"));
        for (JsonNode index : test.path("indexes")) {
            indexes.add(new Index(
                    index.path("name").textValue(),
                    strings(index.path("columns")),
                    index.path("method").asText("btree")));
        }
        Query query = new QueryReader()
                .read(test.path("query").toString().getBytes(StandardCharsets.UTF_8))
                .orElseThrow(faults -> new IllegalArgumentException(faults.toString()));
        CheckedQuery checked = new Checker()
                .check(query, ORDERS, ORDERS.fields().stream().map(Field::name).collect(Collectors.toSet()))
                .orElseThrow(faults -> new IllegalArgumentException(faults.toString()));
        return IndexAdvice.of(query, checked.sort(), ORDERS, indexes);
    }

    /** {@code /filters/0 indexed by_total}. */
    private static String line(Advice advice) {
        return advice.pointer() + " " + advice.verdict() + (advice.index() == null ? "" : " " + advice.index());
    }

    private static List<String> strings(JsonNode array) {
        List<String> strings = new ArrayList<>();
        array.forEach(text -> strings.add(text.textValue()));
        return strings;
    }
}
