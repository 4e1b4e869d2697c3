package io.ashlar.filter.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ashlar.filter.dsl.Filter.And;
import io.ashlar.filter.dsl.Filter.Condition;
import io.ashlar.filter.dsl.Filter.Not;
import io.ashlar.filter.dsl.Filter.Or;
import io.ashlar.filter.dsl.Filter.Segment;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What was written once is read for ever: the files under {@code golden/} are never edited, only added to. */
final class GoldenTest {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final Map<String, Filter> FILTERS = Map.ofEntries(
            Map.entry("all", new Filter.All()),
            Map.entry("none", Filter.none()),
            Map.entry("eq-text", one("origin", Op.EQ, Literal.of("ORD"))),
            Map.entry("eq-flag", one("active", Op.EQ, Literal.of(true))),
            Map.entry("neq-number", one("delay", Op.NEQ, Literal.of(-12))),
            Map.entry(
                    "gt-decimal",
                    one("balance", Op.GT, Literal.of(new BigDecimal("0.1000000000000000055511151231257827")))),
            Map.entry("gte-long", one("visits", Op.GTE, Literal.of(Long.MAX_VALUE))),
            Map.entry("lt", one("delay", Op.LT, Literal.of(60))),
            Map.entry("lte", one("created_at", Op.LTE, Literal.of("2001-01-01T10:00:00.000000Z"))),
            Map.entry("between", new Condition("delay", Op.BETWEEN, new Operand.Range(Literal.of(0), Literal.of(60)))),
            Map.entry(
                    "in",
                    new Condition(
                            "origin",
                            Op.IN,
                            new Operand.Many(List.of(Literal.of("ORD"), Literal.of("JFK"), Literal.of("LAX"))))),
            Map.entry("in-empty", new Condition("origin", Op.IN, new Operand.Many(List.of()))),
            Map.entry(
                    "contains-ci",
                    new Condition("note", Op.CONTAINS, new Operand.One(Literal.of("50 %_\\ «é» 😀")), true)),
            Map.entry("is-null", one("delay", Op.IS_NULL, Literal.of(true))),
            Map.entry(
                    "and",
                    new And(List.of(one("origin", Op.EQ, Literal.of("ORD")), one("delay", Op.GT, Literal.of(60))))),
            Map.entry(
                    "or",
                    new Or(List.of(
                            one("origin", Op.EQ, Literal.of("ORD")), one("delay", Op.IS_NULL, Literal.of(false))))),
            Map.entry("not-in", Filter.where("origin").notIn("ORD", 7)),
            Map.entry("starts-with", Filter.where("note").startsWith("50 %").ci()),
            Map.entry("ends-with", Filter.where("note").endsWith("")),
            Map.entry("search", Filter.where("note").search("late bag")),
            Map.entry("has", Filter.where("tags").has("vip")),
            Map.entry("has-any", Filter.where("tags").hasAny("a", "b")),
            Map.entry("has-all", Filter.where("tags").hasAll()),
            Map.entry("within-this", Filter.where("date").within(new Period(Period.Kind.THIS, 1, CalendarUnit.MONTH))),
            Map.entry("within-last", Filter.where("date").within(new Period(Period.Kind.LAST, 7, CalendarUnit.DAY))),
            Map.entry("not", new Not(one("origin", Op.EQ, Literal.of("ORD")))),
            Map.entry("segment", new Segment("late-flights")),
            Map.entry(
                    "nested",
                    new And(List.of(
                            new Not(new Or(List.of(new Segment("a"), new Filter.All()))), new And(List.of())))));

    @TestFactory
    List<DynamicTest> filters() throws IOException {
        FilterJson codec = new FilterJson();
        List<DynamicTest> tests = new ArrayList<>();
        for (Map.Entry<String, Filter> golden : FILTERS.entrySet()) {
            JsonNode file = file("golden/filters/" + golden.getKey() + ".json");
            tests.add(DynamicTest.dynamicTest(golden.getKey(), () -> {
                assertThat(codec.read(file)).isEqualTo(Parsed.ok(golden.getValue()));
                assertThat(codec.write(golden.getValue()).toString()).isEqualTo(file.toString());
            }));
        }
        return tests;
    }

    @Test
    void datasets() throws IOException {
        JsonNode file = file("golden/dataset.json");
        assertThat(new DatasetJson().read(file)).isEqualTo(Parsed.ok(Datasets.FIRST_FLIGHTS));
        assertThat(new DatasetJson().write(Datasets.FIRST_FLIGHTS).toString()).isEqualTo(file.toString());
    }

    @Test
    void datasetsOfEverySourceAndType() throws IOException {
        JsonNode file = file("golden/dataset-2.json");
        assertThat(new DatasetJson().read(file)).isEqualTo(Parsed.ok(Datasets.ORDERS));
        assertThat(new DatasetJson().write(Datasets.ORDERS).toString()).isEqualTo(file.toString());
    }

    @Test
    void aDeclarationIsShortAndGetsNameAndVersion() throws IOException {
        JsonNode file = file("golden/declaration.json");
        assertThat(new DatasetJson().declaration(file, "flights", 3)).isEqualTo(Parsed.ok(Datasets.FLIGHTS));
    }

    @Test
    void theHashOfAQueryIsForEver() throws IOException {
        Query query = new Query(
                FILTERS.get("nested"),
                List.of(new SortKey("delay", SortKey.Direction.DESC)),
                PageRequest.first(),
                List.of("origin"),
                "America/Chicago");
        assertThat(QueryHash.of(query))
                .isEqualTo("sha256:8b39b131a92849f5744ff55ed79547de0e092280dbf5ed5d10373d14751d6051");
        Query groups = Differential.read(file("golden/aggregate.json"));
        assertThat(QueryHash.of(groups))
                .isEqualTo("sha256:0f350bad81ece28d9d8ab23222aa3cc4caab749a25a562e6b764bf4faeb97d81");
    }

    private static Filter one(String field, Op op, Literal value) {
        return new Condition(field, op, new Operand.One(value));
    }

    private static JsonNode file(String name) throws IOException {
        try (InputStream in = GoldenTest.class.getResourceAsStream("/" + name)) {
            assertThat(in).as(name).isNotNull();
            return JSON.readTree(in);
        }
    }
}
