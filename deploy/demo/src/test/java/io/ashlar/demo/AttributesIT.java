package io.ashlar.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.ashlar.demo.Api.Answer;
import io.ashlar.local.Services.Service;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A dataset over both forms in which ingest keeps telemetry: the hot projection's columns and members, and attributes that are
 * rows of {@code entity_values}. Declared, filtered, sorted and returned through filter-service, run by the router.
 */
class AttributesIT {

    @RegisterExtension
    static final SharedPlatform PLATFORM = new SharedPlatform();

    private static final int PLANES = 300;
    private static final String DATASET = "/api/v1/datasets/planes";

    /** In every statement over the dataset and in no other. */
    private static final String MARK = "plane_speed";

    private static final Map<String, String> ATTRIBUTES = new TreeMap<>(
            Map.of("plane_speed", "int64", "plane_maker", "string", "plane_load", "double", "plane_checked", "bool"));

    private static final Map<String, String> VALUES =
            Map.of("int64", "v_int64", "string", "v_string", "double", "v_double", "bool", "v_bool");

    private static final List<String> MAKERS = List.of("Ash", "Birch", "Cedar");

    private static Scenario scenario;
    private static String token;

    private record Plane(String id, int seats, int speed, String maker, double load, boolean checked) {

        /** Deterministic, with ties in every field. */
        static Plane of(int n) {
            return new Plane(
                    "plane:%04d".formatted(n),
                    n % 7 * 50,
                    400 + n % 40 * 10,
                    MAKERS.get(n % 3),
                    n % 16 / 4.0,
                    n % 5 == 0);
        }

        String telemetry(int speedNow, String at) {
            return """
                    {"entity_id":"%s","event_at":"%s","attributes":{"plane_seats":%d,"plane_speed":%d,"plane_maker":"%s","plane_load":%s,"plane_checked":%s}}""".formatted(id, at, seats, speedNow, maker, load, checked);
        }
    }

    @BeforeAll
    static void planes() {
        scenario = new Scenario(PLATFORM.platform().target());
        String ed = scenario.token("ed");
        Map<String, Integer> ids = new TreeMap<>();
        ATTRIBUTES.forEach((name, kind) -> ids.put(
                name,
                api().put(
                                Service.INGEST,
                                "/api/v1/attributes/" + name,
                                ed,
                                "{\"kind\":\"%s\",\"hot\":false}".formatted(kind))
                        .expect(200, 201)
                        .body()
                        .path("id")
                        .asInt()));
        scenario.put(Service.INGEST, "/api/v1/attributes/plane_seats", ed, "{\"kind\":\"int64\",\"hot\":true}");
        List<String> lines = new ArrayList<>();
        // Every speed is told twice, the later one first: the latest by its own time counts, not the last that came.
        IntStream.range(0, PLANES).forEach(n -> {
            Plane plane = Plane.of(n);
            lines.add(plane.telemetry(plane.speed(), "2026-01-02T00:00:00Z"));
            lines.add(plane.telemetry(1, "2026-01-01T00:00:00Z"));
        });
        token = scenario.batch(String.join("\n", lines), "planes").string("token");
        Answer declared = api().put(Service.FILTER, DATASET, ed, dataset(ids)).expect(201);
        assertEquals(List.of(), texts(declared.body().path("warnings"), "relation_unchecked"));
        declared.body()
                .path("warnings")
                .forEach(warning ->
                        assertTrue(warning.path("code").asText().startsWith("no_index_for_"), warning.toString()));
    }

    @Test
    void attributesAndMembersAreFilteredSortedAndReturnedTogether() {
        List<String> expected = IntStream.range(0, PLANES)
                .mapToObj(Plane::of)
                .filter(plane -> plane.speed() >= 600
                        && !plane.maker().equals("Ash")
                        && plane.load() < 3
                        && !plane.checked()
                        && plane.seats() > 0)
                .sorted(Comparator.comparingDouble(Plane::load)
                        .reversed()
                        .thenComparing(Plane::speed)
                        .thenComparing(Plane::id))
                .map(plane -> "%s %d %d %s %s %s"
                        .formatted(
                                plane.id(), plane.seats(), plane.speed(), plane.maker(), plane.load(), plane.checked()))
                .toList();
        List<String> found = new ArrayList<>();
        String cursor = null;
        do {
            Answer page = query("""
                    {"filters":[{"field":"plane_speed","op":"gte","value":600},
                                {"field":"maker","op":"in","value":["Birch","Cedar"]},
                                {"field":"load","op":"lt","value":3},
                                {"field":"checked","op":"eq","value":false},
                                {"field":"seats","op":"gt","value":0}],
                     "sort":[{"field":"load","dir":"desc"},{"field":"plane_speed"}],
                     "page":{"limit":17%s}}""".formatted(cursor == null ? "" : ",\"cursor\":\"" + cursor + "\""));
            page.body()
                    .path("rows")
                    .forEach(row -> found.add("%s %s %s %s %s %s"
                            .formatted(
                                    row.path("id").asText(),
                                    row.path("seats").asText(),
                                    row.path("plane_speed").asText(),
                                    row.path("maker").asText(),
                                    row.path("load").asDouble(),
                                    row.path("checked").asText())));
            cursor = page.body().path("next_cursor").asText(null);
        } while (cursor != null);
        assertTrue(expected.size() > 40, expected::toString);
        assertEquals(expected, found);
    }

    @Test
    void aQueryIsOneStatementHoweverManyAttributesItSpeaksOf() throws SQLException {
        Statements statements = new Statements(PLATFORM.platform(), "ashlar_router_api");
        List<String> queries = List.of(
                "{\"filters\":{\"field\":\"plane_speed\",\"op\":\"gt\",\"value\":500},\"fields\":[\"id\"]}",
                "{\"filters\":[{\"field\":\"plane_speed\",\"op\":\"gt\",\"value\":500},"
                        + "{\"field\":\"maker\",\"op\":\"eq\",\"value\":\"Ash\"}],\"fields\":[\"id\",\"plane_speed\"]}",
                "{\"filters\":[{\"field\":\"plane_speed\",\"op\":\"gt\",\"value\":500},"
                        + "{\"field\":\"maker\",\"op\":\"eq\",\"value\":\"Ash\"},{\"field\":\"load\",\"op\":\"gte\",\"value\":0},"
                        + "{\"field\":\"checked\",\"op\":\"eq\",\"value\":false}],\"sort\":{\"field\":\"load\"}}");
        for (String query : queries) {
            long before = statements.calls(MARK);
            Answer answer = query(query);
            assertTrue(answer.body().path("rows").size() > 1, answer::text);
            assertEquals(1, statements.calls(MARK) - before, query);
        }
    }

    @Test
    void aDeclarationThatDoesNotFitTheAttributesRelationIsRefused() {
        String wrong = dataset(Map.of("plane_speed", 1, "plane_maker", 2, "plane_load", 3, "plane_checked", 4))
                .replace("\"v_double\"", "\"v_string\"")
                .replace("\"entity\":\"entity_id\"", "\"entity\":\"entity\"")
                .replace("record_index", "record_number");
        JsonNode errors = api().put(Service.FILTER, DATASET + "-wrong", scenario.token("ed"), wrong)
                .expect(422)
                .body()
                .path("errors");
        assertEquals(1, texts(errors, "column_type").size(), errors::toString);
        assertTrue(texts(errors, "unknown_column").size() > 1, errors::toString);
    }

    private static Answer query(String json) {
        return api().post(
                        Service.FILTER,
                        DATASET + "/query",
                        scenario.token("ed"),
                        json,
                        Map.of("Ashlar-Consistency", "session", "Ashlar-Consistency-Token", token))
                .expect(200);
    }

    private static String dataset(Map<String, Integer> ids) {
        StringBuilder fields = new StringBuilder();
        Map.of("plane_speed", "plane_speed", "maker", "plane_maker", "load", "plane_load", "checked", "plane_checked")
                .forEach((field, attribute) -> {
                    String kind = ATTRIBUTES.get(attribute);
                    fields.append("""
                            ,{"name":"%s","type":"%s","source":{"eav":"ingest.entity_values","entity":"entity_id",
                              "attribute":"attribute_id","id":%d,"value":"%s",
                              "latest":["event_at","log_partition","log_offset","record_index"]}}""".formatted(field, kind, ids.get(attribute), VALUES.get(kind)));
                });
        return """
                {"relation":"ingest.entity_jsonb","tenant_column":"tenant_id","key":["id"],"cedar_type":"Plane",
                 "entity_prefix":"plane:","fields":[
                  {"name":"id","type":"string","source":{"column":"entity_id"},"nullable":false},
                  {"name":"seats","type":"int64","source":{"json":"attributes","key":"plane_seats"}}%s]}""".formatted(fields);
    }

    private static List<String> texts(JsonNode faults, String code) {
        List<String> found = new ArrayList<>();
        faults.forEach(fault -> {
            if (fault.path("code").asText().equals(code)) {
                found.add(fault.path("pointer").asText());
            }
        });
        return found;
    }

    private static Api api() {
        return PLATFORM.platform().api();
    }
}
