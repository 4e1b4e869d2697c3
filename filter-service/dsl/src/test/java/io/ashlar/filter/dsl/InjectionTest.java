package io.ashlar.filter.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Every published injection payload in every place where a client can say something. */
final class InjectionTest {

    private static final UUID TENANT = new UUID(1, 2);
    private static final Set<String> PLAIN_WORDS =
            Set.of("asc", "desc", "group", "having", "count", "min", "max", "sum");

    @Test
    void asAValueAPayloadIsBoundAndNeverRendered() throws IOException {
        for (String payload : Payloads.all()) {
            for (Op op : List.of(Op.EQ, Op.NEQ, Op.GT, Op.GTE, Op.LT, Op.LTE, Op.CONTAINS)) {
                assertSameText(
                        node("origin", op.wire(), text(payload), false), node("origin", op.wire(), text("x"), false));
                assertSameText(
                        node("origin", op.wire(), text(payload), true), node("origin", op.wire(), text("x"), true));
            }
            assertSameText(
                    node("origin", "in", array(payload, payload), false), node("origin", "in", array("x"), false));
            assertSameText(
                    node("origin", "between", array(payload, payload), false),
                    node("origin", "between", array("x", "y"), false));
        }
    }

    @Test
    void asTextWordsAndElementsAPayloadIsBoundInEveryStore() throws IOException {
        for (Store store : Store.values()) {
            SqlCompiler compiler = new SqlCompiler(store);
            String clean = text(compiler, "x", "x");
            for (String payload : Payloads.all()) {
                String storable = Texts.isStorable(payload) ? payload : "x";
                String words =
                        Words.of(storable).isEmpty() || Words.of(storable).size() > Words.MAX ? "x" : storable;
                assertThat(text(compiler, storable, words)).as(payload).isEqualTo(clean);
            }
        }
    }

    private static String text(SqlCompiler compiler, String payload, String words) {
        Filter filter = Filter.where("id")
                .startsWith(payload + "x")
                .and(Filter.where("serial").endsWith(payload).ci())
                .and(Filter.where("tags").hasAny(payload, payload))
                .and(Filter.where("labels").has(payload))
                .and(Filter.where("driver").neq(payload))
                .and(Filter.where("note").search(words));
        SortKey rank = new SortKey("note", SortKey.Direction.DESC, SortKey.Nulls.LAST, words);
        return compiler.page(new PageSpec(
                        new RowScope(Datasets.ORDERS, TENANT, filter),
                        List.of(rank, new SortKey("id", SortKey.Direction.DESC)),
                        List.of("id"),
                        10,
                        List.of(Literal.of(1), Literal.of(payload))))
                .sql();
    }

    @Test
    void inAnAggregateAPayloadIsAFault() throws IOException {
        for (String payload : Payloads.all()) {
            if (PLAIN_WORDS.contains(payload.toLowerCase(Locale.ROOT)) || Identifiers.isColumn(payload)) {
                continue;
            }
            for (String pointer : List.of(
                    "/aggregate/group_by/0/field",
                    "/aggregate/group_by/0/bucket",
                    "/aggregate/group_by/0/as",
                    "/aggregate/measures/0/fn",
                    "/aggregate/measures/0/field",
                    "/aggregate/measures/0/p",
                    "/aggregate/measures/0/as",
                    "/aggregate/having/field",
                    "/aggregate/having/value/this",
                    "/sort/field",
                    "/tz")) {
                JsonNode query = aggregate();
                Patches.apply(query, JsonPatch.replace(pointer, payload));
                assertThat(Differential.read(aggregate())).isNotNull();
                Parsed<CheckedAggregate> parsed = new QueryReader()
                        .read(query.toString().getBytes(StandardCharsets.UTF_8))
                        .then(read ->
                                new Checker().checkAggregate(read, Datasets.ORDERS, Datasets.visible(Datasets.ORDERS)));
                assertThat(parsed).as("%s at %s", payload, pointer).isInstanceOf(Parsed.Faulty.class);
            }
        }
    }

    private static JsonNode aggregate() throws IOException {
        return new JsonMapper().readTree("""
                {"aggregate": {"group_by": [{"field": "placed_at", "bucket": "day", "as": "day"}],
                               "measures": [{"fn": "percentile", "field": "total", "p": 0.5, "as": "half"}],
                               "having": {"field": "day", "op": "within", "value": {"this": "year"}}},
                 "sort": {"field": "half"}, "tz": "UTC"}
                """);
    }

    @Test
    void asAValueOfAnotherTypeAPayloadIsAFault() throws IOException {
        for (String payload : Payloads.all()) {
            for (String field : List.of("delay", "date")) {
                Parsed<CheckedQuery> parsed = check(filter(node(field, "eq", text(payload), false)));
                assertThat(parsed).as(payload).isInstanceOf(Parsed.Faulty.class);
            }
        }
    }

    @Test
    void asANameAPayloadIsAFault() throws IOException {
        for (String payload : Payloads.all()) {
            assertFaulty(payload, filter(node(payload, "eq", text("x"), false)));
            assertFaulty(payload, filter(node("origin", payload, text("x"), false)));
            ObjectNode fields = JsonNodeFactory.instance.objectNode();
            fields.putArray("fields").add(payload);
            assertFaulty(payload, fields);
            for (String key : List.of("field", "dir", "nulls")) {
                ObjectNode sort = JsonNodeFactory.instance.objectNode();
                sort.putObject("sort").put("field", "origin").put(key, payload);
                // The list has the plain words of SQL too, and these two are ours.
                if (!payload.equals("asc") && !payload.equals("desc")) {
                    assertFaulty(payload, sort);
                }
            }
            assertFaulty(payload, JsonNodeFactory.instance.objectNode().put("tz", payload));
            assertFaulty(payload, JsonNodeFactory.instance.objectNode().put(payload, 1));
        }
    }

    @Test
    void asANameInADeclarationAPayloadIsAFault() throws IOException {
        JsonNode good = new DatasetJson().write(Datasets.FLIGHTS);
        for (String payload : Payloads.all()) {
            // A lone word such as PRINT is a good name, and quoted.
            if (Identifiers.isName(payload)) {
                continue;
            }
            for (String key : List.of("name", "relation", "tenant_column", "cedar_type", "entity_prefix")) {
                ObjectNode bad = good.deepCopy();
                bad.put(key, payload);
                assertThat(new DatasetJson().read(bad)).as(payload).isInstanceOf(Parsed.Faulty.class);
            }
            ObjectNode deep = good.deepCopy();
            ((ObjectNode) deep.at("/fields/1/source")).remove("key");
            ((ObjectNode) deep.at("/fields/1/source")).putArray("path").add("a").add(payload);
            assertThat(new DatasetJson().read(deep)).as(payload).isInstanceOf(Parsed.Faulty.class);
            JsonNode orders = new DatasetJson().write(Datasets.ORDERS);
            for (String key : List.of("eav", "entity", "attribute", "value")) {
                ObjectNode bad = orders.deepCopy();
                ((ObjectNode) bad.at("/fields/11/source")).put(key, payload);
                assertThat(new DatasetJson().read(bad)).as(payload).isInstanceOf(Parsed.Faulty.class);
            }
            for (String key : List.of("column", "json", "key")) {
                ObjectNode bad = good.deepCopy();
                ObjectNode source = (ObjectNode) bad.at("/fields/" + (key.equals("column") ? 0 : 1) + "/source");
                source.put(key, payload);
                assertThat(new DatasetJson().read(bad)).as(payload).isInstanceOf(Parsed.Faulty.class);
            }
        }
    }

    private static void assertSameText(ObjectNode dirty, ObjectNode clean) {
        Statement bad = compile(dirty);
        Statement good = compile(clean);
        assertThat(bad.sql()).isEqualTo(good.sql());
        assertThat(bad.binds()).hasSameSizeAs(good.binds());
    }

    private static Statement compile(ObjectNode node) {
        CheckedQuery query = check(filter(node)).orElseThrow(faults -> new IllegalStateException(node + ": " + faults));
        return new SqlCompiler()
                .page(new PageSpec(
                        new RowScope(Datasets.FLIGHTS, TENANT, query.filter()),
                        query.sort(),
                        query.fields(),
                        query.limit(),
                        null));
    }

    private static void assertFaulty(String payload, JsonNode query) {
        assertThat(check(query)).as(payload).isInstanceOf(Parsed.Faulty.class);
    }

    private static Parsed<CheckedQuery> check(JsonNode query) {
        return new QueryReader()
                .read(query.toString().getBytes(StandardCharsets.UTF_8))
                .then(read -> new Checker().check(read, Datasets.FLIGHTS, Datasets.visible(Datasets.FLIGHTS)));
    }

    private static JsonNode filter(ObjectNode node) {
        ObjectNode query = JsonNodeFactory.instance.objectNode();
        query.putArray("filters").add(node);
        return query;
    }

    private static ObjectNode node(String field, String op, JsonNode value, boolean ci) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("field", field).put("op", op).set("value", value);
        return node.put("ci", ci);
    }

    private static JsonNode text(String value) {
        return JsonNodeFactory.instance.textNode(value);
    }

    private static JsonNode array(String... values) {
        var array = JsonNodeFactory.instance.arrayNode();
        List.of(values).forEach(array::add);
        return array;
    }
}
