package io.ashlar.filter.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ashlar.filter.dsl.SortKey.Direction;
import io.ashlar.filter.dsl.SortKey.Nulls;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The texts under {@code golden/sql}: what a database administrator will see. */
final class SqlCompilerTest {

    private static final UUID TENANT = new UUID(1, 2);
    private static final SqlCompiler COMPILER = new SqlCompiler();

    @TestFactory
    Stream<DynamicTest> texts() {
        return Arrays.stream(Store.values())
                .map(store -> DynamicTest.dynamicTest(store.name(), () -> {
                    String file = store.name().toLowerCase(Locale.ROOT) + ".sql";
                    String texts = texts(new SqlCompiler(store));
                    // To be looked at and copied over the old one, when a text was meant to change.
                    Files.writeString(Path.of("target", file), texts + "\n");
                    assertThat(texts).isEqualTo(golden("/golden/sql/" + file));
                }));
    }

    private static String texts(SqlCompiler compiler) {
        Map<String, Statement> statements = new LinkedHashMap<>();
        List<SortKey> byDelay = List.of(new SortKey("delay", Direction.DESC), new SortKey("entity_id", Direction.DESC));
        List<SortKey> nullsFirst =
                List.of(new SortKey("delay", Direction.ASC, Nulls.FIRST), new SortKey("entity_id", Direction.ASC));
        List<Literal> sixty = List.of(Literal.of(60), Literal.of("flight:7"));
        RowScope all = flights("{}");
        statements.put("count", compiler.count(all));
        statements.put(
                "first page", compiler.page(spec(flights("{'field':'delay','op':'gt','value':60}"), byDelay, null)));
        statements.put("next page, nulls last", compiler.page(spec(all, byDelay, sixty)));
        statements.put("next page, nulls first", compiler.page(spec(all, nullsFirst, sixty)));
        statements.put(
                "next page after nulls",
                compiler.page(spec(all, nullsFirst, Arrays.asList(null, Literal.of("flight:7")))));
        List<SortKey> byTotal =
                List.of(new SortKey("total", Direction.DESC, Nulls.LAST), new SortKey("id", Direction.DESC));
        statements.put(
                "next page, nulls last, by a column",
                compiler.page(new PageSpec(
                        orders(Filter.where("state").eq("open")),
                        byTotal,
                        List.of("total", "note"),
                        50,
                        List.of(Literal.of(60), Literal.of("o7")))));
        statements.put(
                "next page after nulls, by columns that run both ways",
                compiler.page(new PageSpec(
                        orders(Filter.all()),
                        List.of(
                                new SortKey("due", Direction.DESC, Nulls.FIRST),
                                new SortKey("total", Direction.ASC, Nulls.LAST),
                                new SortKey("id", Direction.ASC)),
                        List.of("note"),
                        50,
                        Arrays.asList(null, Literal.of(60), Literal.of("o7")))));
        statements.put(
                "next page, one way and never absent",
                compiler.page(new PageSpec(
                        new RowScope(Datasets.ACCOUNTS, TENANT, Filter.all()),
                        List.of(new SortKey("created_at", Direction.DESC), new SortKey("id", Direction.DESC)),
                        List.of("balance"),
                        50,
                        List.of(Literal.of("2026-01-01T00:00:00.000000Z"), Literal.of(TENANT.toString())))));
        statements.put(
                "next page, by relevance",
                compiler.page(new PageSpec(
                        orders(Filter.where("note").search("late bag")),
                        List.of(
                                new SortKey("note", Direction.DESC, Nulls.LAST, "late bag"),
                                new SortKey("id", Direction.DESC)),
                        List.of("note"),
                        50,
                        List.of(Literal.of(3), Literal.of("o7")))));
        statements.put("every operator", compiler.count(orders(everyOperator())));
        statements.put(
                "complement of every operator",
                compiler.count(orders(everyOperator().not())));
        statements.put(
                "attributes, read once",
                compiler.stream(new StreamSpec(
                        orders(Filter.where("speed").gt(60)),
                        List.of(new SortKey("driver", Direction.ASC), new SortKey("id", Direction.ASC)),
                        List.of("id", "serial"))));
        statements.put("groups", compiler.aggregate(new AggregateSpec(orders(Filter.all()), groups(), null)));
        StringBuilder texts = new StringBuilder();
        statements.forEach((name, statement) -> texts.append("-- ")
                .append(name)
                .append('\n')
                .append(statement.sql())
                .append("\n\n"));
        return texts.toString().strip();
    }

    private static Filter everyOperator() {
        return Filter.where("id")
                .eq("a")
                .and(Filter.where("id").neq("b").ci())
                .and(Filter.where("total").between(1, 5))
                .and(Filter.where("rate").lte(new BigDecimal("0.00000000001")))
                .and(Filter.where("weight").gte(0.5).or(Filter.where("weight").lt(0)))
                .and(Filter.where("state").in("open", "paid"))
                .and(Filter.where("total").notIn(1, 2))
                .and(Filter.where("note").contains("50 %").ci())
                .and(Filter.where("serial").startsWith("x"))
                .and(Filter.where("serial").endsWith("_7"))
                .and(Filter.where("tags").has("vip"))
                .and(Filter.where("tags").hasAny("a", "b"))
                .and(Filter.where("labels").hasAll("a", "b"))
                .and(Filter.where("labels").isNull())
                .and(Filter.where("note").search("Late, bag!"))
                .and(Filter.where("due").isPresent())
                .and(Filter.where("placed_at").gt(Instant.EPOCH));
    }

    private static CheckedAggregate groups() {
        String query = """
                {"tz": "Europe/Berlin", "page": {"limit": 10},
                 "aggregate": {
                   "group_by": [{"field": "placed_at", "bucket": "week", "as": "week"},
                                {"field": "placed_at", "bucket": "hour", "as": "hour"},
                                {"field": "due", "bucket": "year", "as": "year"}, {"field": "state"}],
                   "measures": [{"fn": "count"}, {"fn": "count", "field": "due"}, {"fn": "count_distinct", "field": "state"},
                                {"fn": "sum", "field": "total"}, {"fn": "sum", "field": "weight"},
                                {"fn": "avg", "field": "total"}, {"fn": "avg", "field": "rate"},
                                {"fn": "avg", "field": "weight"}, {"fn": "min", "field": "serial"},
                                {"fn": "max", "field": "due"}, {"fn": "percentile", "field": "speed", "p": 0.95}],
                   "having": {"field": "count", "op": "gt", "value": 10}},
                 "sort": {"field": "sum_total", "dir": "desc"}}
                """;
        return new QueryReader()
                .read(query.getBytes(StandardCharsets.UTF_8))
                .then(read -> new Checker().checkAggregate(read, Datasets.ORDERS, Datasets.visible(Datasets.ORDERS)))
                .orElseThrow(faults -> new IllegalStateException(faults.toString()));
    }

    private static RowScope orders(Filter filter) {
        return new RowScope(Datasets.ORDERS, TENANT, filter);
    }

    private static PageSpec spec(RowScope rows, List<SortKey> sort, @Nullable List<@Nullable Literal> position) {
        return new PageSpec(rows, sort, List.of("origin"), 50, position);
    }

    @Test
    void theTextDependsOnTheShapeAlone() {
        String three = COMPILER.count(flights("{'field':'origin','op':'in','value':['a','b','c']}"))
                .sql();
        String none = COMPILER.count(flights("{'field':'origin','op':'in','value':[]}"))
                .sql();
        assertThat(three).isEqualTo(none);
    }

    @Test
    void bindsAreTypedAndInOrder() {
        Statement statement = page(
                flights("{'and':[{'field':'date','op':'gte','value':'2001-01-01T00:00:00.000000Z'},"
                        + "{'field':'delay','op':'in','value':[1,2]}]}"),
                List.of(new SortKey("entity_id", Direction.ASC)),
                List.of(Literal.of("flight:7")));
        assertThat(statement.binds())
                .usingRecursiveComparison()
                .isEqualTo(List.of(
                        TENANT,
                        "flight:",
                        "flight;",
                        OffsetDateTime.parse("2001-01-01T00:00:00Z"),
                        new Long[] {1L, 2L},
                        "flight:7",
                        51L));
        assertThat(statement.jdbcSql()).doesNotContain("$").contains("?::uuid", "= ANY (?::bigint[])");
        assertThat(statement.columns())
                .containsExactly(new Column("origin", FieldType.STRING), new Column("entity_id", FieldType.STRING));
        assertThat(statement.released()).isEqualTo(1);
        assertThat(statement.position()).containsExactly(1);
    }

    @Test
    void whatDoesNotFitIsABug() {
        List<SortKey> byDelay = List.of(new SortKey("delay", Direction.ASC), new SortKey("entity_id", Direction.ASC));
        RowScope all = flights("{}");
        assertThatThrownBy(() -> page(all, byDelay, List.of(Literal.of(1))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> page(all, byDelay, Arrays.asList(Literal.of(1), null)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> page(all, byDelay, List.of(Literal.of("1"), Literal.of("flight:1"))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> COMPILER.count(flights("{'segment':'x'}")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> COMPILER.count(flights("{'field':'nothing','op':'eq','value':1}")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> COMPILER.count(flights("{'field':'delay','op':'eq','value':'x'}")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Statement page(RowScope rows, List<SortKey> sort, @Nullable List<@Nullable Literal> position) {
        return COMPILER.page(spec(rows, sort, position));
    }

    private static RowScope flights(String filter) {
        String json = "{\"filters\":" + filter.replace('\'', '"') + "}";
        Filter read = new QueryReader()
                .read(json.getBytes(StandardCharsets.UTF_8))
                .orElseThrow(faults -> new IllegalStateException(json + faults))
                .filter();
        return new RowScope(Datasets.FLIGHTS, TENANT, read);
    }

    private static String golden(String file) throws IOException {
        try (InputStream in = SqlCompilerTest.class.getResourceAsStream(file)) {
            assertThat(in).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
