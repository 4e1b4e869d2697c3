package io.ashlar.filter.why;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.ashlar.filter.peer.PeerResource;
import io.ashlar.filter.peer.Trial;
import io.ashlar.local.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Why a row is returned or not, beside what /query returns from the same database. */
@QuarkusTest
@QuarkusTestResource(
        value = StackResource.class,
        initArgs = {
            @ResourceArg(name = "service", value = "filter"),
            @ResourceArg(name = "servers", value = "CONTROL,REDIS,OIDC")
        })
@QuarkusTestResource(PeerResource.class)
final class WhyIT {

    private static final String DATASET = "reasoned";
    private static final String EAST_ONLY = """
            {"plan": {"decision": "FILTER", "filter": {"field": "region", "op": "eq", "value": "east"}, "masked": [],
                      "policy_version": 7, "revision": 12}}
            """;

    @BeforeEach
    void declared() {
        Trial.script("{}");
        Trial.declare("ed", DATASET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "{\"or\": []}",
                "[{\"field\": \"delay\", \"op\": \"gt\", \"value\": 100}]",
                "[{\"field\": \"origin\", \"op\": \"in\", \"value\": [\"ORD\", \"SFO\"]},"
                        + " {\"not\": {\"field\": \"delay\", \"op\": \"between\", \"value\": [50, 120]}}]",
                "{\"or\": [{\"field\": \"date\", \"op\": \"eq\", \"value\": \"2001-01-20\"},"
                        + " {\"and\": [{\"field\": \"origin\", \"op\": \"contains\", \"value\": \"f\", \"ci\": true},"
                        + " {\"field\": \"distance\", \"op\": \"lte\", \"value\": 900}]}]}",
                "{\"not\": {\"or\": [{\"field\": \"id\", \"op\": \"starts_with\", \"value\": \"flight:01\"},"
                        + " {\"field\": \"date\", \"op\": \"is_null\", \"value\": true}]}}",
                "[{\"field\": \"date\", \"op\": \"within\", \"value\": {\"last\": 400, \"unit\": \"year\"}},"
                        + " {\"field\": \"delay\", \"op\": \"neq\", \"value\": 7}]"
            })
    void theVerdictIsWhatTheQueryDoes(String filters) {
        Trial.script(EAST_ONLY);
        String query = "{\"filters\": " + filters + ", \"tz\": \"America/Chicago\", \"fields\": [\"id\"],"
                + " \"page\": {\"limit\": 500}}";
        Set<String> returned = new HashSet<>(Trial.as("ana")
                .body(query)
                .post("/api/v1/datasets/" + DATASET + "/query")
                .then()
                .statusCode(200)
                .extract()
                .<List<String>>path("rows.id"));
        int seen = 0;
        for (int n = 1; n <= 200; n += 9) {
            String id = "flight:%04d".formatted(n);
            Response why = Trial.as("ana").body(body(id, query)).post(path());
            // Rows with an even number are the east's, the others are not ana's to read.
            assertThat(why.statusCode()).as(id).isEqualTo(n % 2 == 0 ? 200 : 404);
            if (n % 2 == 0) {
                seen++;
                assertThat(why.<Boolean>path("returned"))
                        .as("%s %s", id, filters)
                        .isEqualTo(returned.contains(id));
                assertThat(why.<List<String>>path("kept_out_by").isEmpty()).isEqualTo(returned.contains(id));
            }
        }
        assertThat(seen).isEqualTo(11);
    }

    @Test
    void eachNodeIsJudgedWithTheRowsOwnValue() {
        why("flight:0002", """
                {"filters": [{"field": "delay", "op": "gt", "value": 60},
                             {"or": [{"field": "origin", "op": "eq", "value": "DFW"}, {"field": "delay", "op": "gt", "value": 9}]},
                             {"field": "date", "op": "eq", "value": "2001-01-01"}]}
                """)
                .statusCode(200)
                .body("returned", equalTo(false))
                .body("kept_out_by", contains("/query/filters/0"))
                .body("filter.pointer", equalTo("/query/filters"))
                .body("filter.node", equalTo("and"))
                .body("filter.nodes", hasSize(3))
                .body("filter.nodes[0].passes", equalTo(false))
                .body("filter.nodes[0].field", equalTo("delay"))
                .body("filter.nodes[0].actual", equalTo(2))
                .body("filter.nodes[1].passes", equalTo(true))
                .body("filter.nodes[1].nodes[1].pointer", equalTo("/query/filters/1/or/1"))
                .body("filter.nodes[1].nodes[1].passes", equalTo(false))
                .body("filter.nodes[2].meant.op", equalTo("between"))
                .body(
                        "filter.nodes[2].meant.value",
                        contains("2001-01-01T00:00:00.000000Z", "2001-01-02T00:00:00.000000Z"))
                .body("source", equalTo("replica-1"))
                .header("Ashlar-Consistency-Token", org.hamcrest.Matchers.startsWith("v1."));
    }

    @Test
    void onlyWhatTheFilterNamesIsRead() {
        why("flight:0002", "{\"filters\": {\"field\": \"delay\", \"op\": \"gt\", \"value\": 60}}")
                .statusCode(200);
        assertThat(Trial.asked("/router/api/v1/page").getFirst().path("fields").toString())
                .isEqualTo("[\"id\",\"delay\"]");
    }

    @Test
    void aRowThatMayNotBeReadIsAnsweredAsOneThatDoesNotExist() {
        Trial.script(EAST_ONLY);
        Response hidden = Trial.as("ana").body(body("flight:0001", "{}")).post(path());
        Response absent = Trial.as("ana").body(body("flight:none", "{}")).post(path());
        Response foreign = Trial.as("ana").body(body("flight:b1", "{}")).post(path());
        assertThat(hidden.statusCode()).isEqualTo(404);
        assertThat(hidden.<String>path("code")).isEqualTo("unknown_row");
        for (Response other : List.of(absent, foreign)) {
            assertThat(other.statusCode()).isEqualTo(404);
            for (String member : List.of("type", "title", "status", "code", "detail")) {
                assertThat(other.<Object>path(member)).isEqualTo(hidden.<Object>path(member));
            }
        }
        Trial.script("{\"plan\": {\"decision\": \"NONE\", \"filter\": null, \"masked\": [], \"policy_version\": 7,"
                + " \"revision\": 12}}");
        why("flight:0002", "{}").statusCode(404).body("code", equalTo("unknown_row"));
        assertThat(Trial.asked("/router/api/v1/page")).isEmpty();
    }

    @Test
    void aMaskedFieldIsUnknownHereToo() {
        Trial.script(
                "{\"plan\": {\"decision\": \"ALL\", \"filter\": null, \"masked\": [\"distance\"], \"policy_version\": 7,"
                        + " \"revision\": 12}}");
        why("flight:0002", "{\"filters\": [{\"field\": \"distance\", \"op\": \"gt\", \"value\": 1}]}")
                .statusCode(400)
                .body("code", equalTo("invalid_filter"))
                .body("errors.pointer", contains("/query/filters/0/field"));
        Trial.script("{\"plan\": {\"decision\": \"ALL\", \"filter\": null, \"masked\": [\"id\"], \"policy_version\": 7,"
                + " \"revision\": 12}}");
        why("flight:0002", "{}").statusCode(400).body("errors.pointer", hasItem("/key"));
    }

    @Test
    void whatIsAskedWronglyIsSaidAllAtOnce() {
        Trial.as("ana")
                .body("{\"query\": [], \"row\": 1}")
                .post(path())
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid_request"))
                .body("errors.pointer", hasItem("/row"))
                .body("errors.pointer", hasItem("/query"))
                .body("errors.code", hasItem("missing_key"));
        Trial.as("ana")
                .body("{\"key\": {\"id\": 7, \"nr\": 1}, \"query\": {}}")
                .post(path())
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItem("/key/id"))
                .body("errors.pointer", hasItem("/key/nr"));
        Trial.as("ana").body("{\"key\": {}, \"key\": {}}").post(path()).then().statusCode(400);
        Trial.as("ana").body("").post(path()).then().statusCode(400);
        why("flight:0002", "{\"aggregate\": {\"measures\": [{\"fn\": \"count\"}]}}")
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/query/aggregate"));
        why("flight:0002", "{}")
                .statusCode(200)
                .body("filter.nodes", nullValue())
                .body("filter.node", equalTo("all"));
    }

    private static ValidatableResponse why(String id, String query) {
        return Trial.as("ana").body(body(id, query)).post(path()).then();
    }

    private static String body(String id, String query) {
        return "{\"key\": {\"id\": \"" + id + "\"}, \"query\": " + query + "}";
    }

    private static String path() {
        return "/api/v1/datasets/" + DATASET + "/why";
    }
}
