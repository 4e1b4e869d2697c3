package io.ashlar.filter.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.ashlar.filter.peer.PeerResource;
import io.ashlar.filter.peer.Trial;
import io.ashlar.local.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Explanations of queries, and of refusals. */
@QuarkusTest
@QuarkusTestResource(
        value = StackResource.class,
        initArgs = {
            @ResourceArg(name = "service", value = "filter"),
            @ResourceArg(name = "servers", value = "CONTROL,REDIS,OIDC")
        })
@QuarkusTestResource(PeerResource.class)
final class ExplainIT {

    private static final String DATASET = "explained";
    private static final String QUERY = """
            {"filters": [{"field": "delay", "op": "gt", "value": 60},
                         {"field": "origin", "op": "contains", "value": "secret-word", "ci": true},
                         {"field": "id", "op": "starts_with", "value": "flight:00"}],
             "sort": [{"field": "delay", "dir": "desc"}]}
            """;
    private static final String EAST_ONLY = """
            {"plan": {"decision": "FILTER", "filter": {"field": "region", "op": "eq", "value": "plan-secret"},
                      "masked": ["distance"], "policy_version": 7, "revision": 12}%s}
            """;

    @BeforeEach
    void declared() {
        Trial.script("{}");
        Trial.declare("ed", DATASET);
    }

    @Test
    void theSqlOfEachStoreIsTheClientsOwnWithPlaceholders() {
        Trial.script(EAST_ONLY.formatted(""));
        Response explained = Trial.as("ana").body(QUERY).post(path());
        assertThat(explained.statusCode()).isEqualTo(200);
        assertThat(explained.asString()).doesNotContain("secret");
        assertThat(explained.<String>path("sql.postgresql"))
                .contains("$1", "\"delay\"", "trial")
                .contains("tenant_id")
                .doesNotContain("region\" =", "11111111");
        assertThat(explained.<String>path("sql.clickhouse")).contains("{p1:");
        assertThat(explained.<String>path("sql.duckdb")).contains("$1");
        assertThat(explained.<String>path("plan.decision")).isEqualTo("FILTER");
        assertThat(explained.jsonPath().getList("plan.masked")).containsExactly("distance");
        assertThat(explained.<String>path("plan.plan_hash")).startsWith("sha256:");
        assertThat(explained.<String>path("sql.postgresql").split(" FROM ", 2)[0])
                .doesNotContain("distance");
    }

    @Test
    void theEstimatesAreThePlannersAndNothingIsRun() {
        explain(QUERY)
                .statusCode(200)
                .body("estimated.store", equalTo("postgresql"))
                .body("estimated.total_cost", greaterThan(0))
                .body("estimated.page_cost", greaterThan(0))
                .body("estimated.steps", hasSize(greaterThan(0)))
                .body("estimated.steps[0].depth", equalTo(0))
                .header("Ashlar-Consistency-Token", startsWith("v1."));
        assertThat(Trial.asked("/router/api/v1/page")).isEmpty();
        assertThat(Trial.asked("/router/api/v1/explain")).hasSize(2);
    }

    @Test
    void eachConditionAndTheOrderAreAdvisedOn() {
        explain(QUERY)
                .statusCode(200)
                .body("advice.pointer", equalTo(java.util.List.of("/filters/0", "/filters/1", "/filters/2", "/sort")))
                .body("advice.verdict", equalTo(java.util.List.of("no_index", "not_leakproof", "indexed", "sorted")))
                .body("advice[2].index", equalTo("flights_pkey"))
                .body("advice[0].help", startsWith("CREATE INDEX ON trial.flights (tenant_id, delay"));
    }

    @Test
    void groupsAreExplainedToo() {
        explain("{\"aggregate\": {\"group_by\": [{\"field\": \"origin\"}], \"measures\": [{\"fn\": \"count\"}]}}")
                .statusCode(200)
                .body("sql.postgresql", containsString("GROUP BY"))
                .body("estimated.rows", greaterThan(0))
                .body("advice", hasSize(0));
    }

    @Test
    void whereThePlanLeavesNothingNothingIsEstimated() {
        Trial.script("{\"plan\": {\"decision\": \"NONE\", \"filter\": null, \"masked\": [], \"policy_version\": 7,"
                + " \"revision\": 12}}");
        explain(QUERY)
                .statusCode(200)
                .body("$", not(hasKey("estimated")))
                .body("plan.decision", equalTo("NONE"))
                .body("reason", equalTo("plan_none"));
        assertThat(Trial.asked("/router/api/v1/explain")).isEmpty();
    }

    @Test
    void aMaskedFieldIsUnknownHereToo() {
        Trial.script(EAST_ONLY.formatted(""));
        explain("{\"filters\": [{\"field\": \"distance\", \"op\": \"gt\", \"value\": 1}]}")
                .statusCode(400)
                .body("errors.code", hasItem("unknown_field"));
    }

    @Test
    void aRefusalNamesTheConditionsAtFaultAndWhatWouldHelp() {
        for (String code : java.util.List.of("query_too_costly", "statement_timeout")) {
            Trial.script("{\"router\": {\"only\": \"/page\", \"status\": 422, \"code\": \"" + code + "\"}}");
            Trial.as("ana")
                    .body(QUERY)
                    .post("/api/v1/datasets/" + DATASET + "/query")
                    .then()
                    .statusCode(code.equals("query_too_costly") ? 422 : 504)
                    .body("code", equalTo(code))
                    .body("errors.pointer", hasItems("/filters/0", "/filters/1", "/sort"))
                    .body("errors.pointer", not(hasItem("/filters/2")))
                    .body("errors[0].code", equalTo("no_index"))
                    .body("errors[0].detail", containsString("CREATE INDEX"));
        }
        Trial.script("{\"router\": {\"only\": \"/aggregate\", \"status\": 422, \"code\": \"query_too_costly\"}}");
        Trial.as("ana")
                .body("{\"filters\": {\"field\": \"delay\", \"op\": \"neq\", \"value\": 1},"
                        + " \"aggregate\": {\"measures\": [{\"fn\": \"count\"}]}}")
                .post("/api/v1/datasets/" + DATASET + "/aggregate")
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/filters"))
                .body("errors[0].code", equalTo("complement"));
    }

    @Test
    void aRefusalWithoutAdviceIsARefusalStill() {
        Trial.script("{\"router\": {\"status\": 422, \"code\": \"query_too_costly\"}}");
        Trial.as("ana")
                .body(QUERY)
                .post("/api/v1/datasets/" + DATASET + "/query")
                .then()
                .statusCode(422)
                .body("code", equalTo("query_too_costly"));
        Trial.script("{\"router\": {\"status\": 429, \"code\": \"tenant_busy\", \"retry_after\": 2}}");
        Trial.as("ana")
                .body(QUERY)
                .post("/api/v1/datasets/" + DATASET + "/query")
                .then()
                .statusCode(429)
                .body("code", equalTo("tenant_busy"))
                .header("Retry-After", "2");
    }

    private static ValidatableResponse explain(String body) {
        return Trial.as("ana").body(body).post(path()).then();
    }

    private static String path() {
        return "/api/v1/datasets/" + DATASET + "/explain";
    }
}
