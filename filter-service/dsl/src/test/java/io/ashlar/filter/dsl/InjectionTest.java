package io.ashlar.filter.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Every published injection payload in every place where a client can say something. */
final class InjectionTest {

    private static final UUID TENANT = new UUID(1, 2);

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
