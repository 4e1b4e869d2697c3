package io.ashlar.filter.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
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

/** How many rows a query has, beside one of its pages. */
@QuarkusTest
@QuarkusTestResource(
        value = StackResource.class,
        initArgs = {
            @ResourceArg(name = "service", value = "filter"),
            @ResourceArg(name = "servers", value = "CONTROL,REDIS,OIDC")
        })
@QuarkusTestResource(PeerResource.class)
final class CountIT {

    private static final String DATASET = "counted";
    private static final String LATE = """
            {"filters": [{"field": "delay", "op": "gt", "value": 150}], "page": {"limit": %d, "count": "%s"%s}}
            """;

    @BeforeEach
    void declared() {
        Trial.script("{}");
        Trial.declare("ed", DATASET);
    }

    @Test
    void withoutAWishNothingIsCounted() {
        query(LATE.formatted(20, "none", "")).statusCode(200).body("$", not(hasKey("count")));
        query("{\"page\": {\"limit\": 20}}").statusCode(200).body("$", not(hasKey("count")));
        assertThat(Trial.asked("/router/api/v1/count")).isEmpty();
        assertThat(Trial.asked("/router/api/v1/explain")).isEmpty();
    }

    @Test
    void anExactCountIsOfTheWholeQueryAndNoOlderThanThePage() {
        Response first = Trial.as("ana").body(LATE.formatted(20, "exact", "")).post(path());
        assertThat(first.<Integer>path("count.value")).isEqualTo(50);
        assertThat(first.<String>path("count.kind")).isEqualTo("exact");
        JsonNode count = Trial.asked("/router/api/v1/count").getFirst();
        assertThat(count.at("/headers/Ashlar-consistency").textValue()).isEqualTo("session");
        assertThat(count.at("/headers/Ashlar-consistency-token").textValue()).isEqualTo(first.<String>path("token"));
        String cursor = first.path("next_cursor");
        query(LATE.formatted(20, "exact", ", \"cursor\": \"" + cursor + "\""))
                .statusCode(200)
                .body("rows", hasSize(20))
                .body("count.value", equalTo(50));
    }

    @Test
    void theCountIsNoPartOfWhatACursorIsBoundTo() {
        String cursor = Trial.as("ana")
                .body(LATE.formatted(20, "exact", ""))
                .post(path())
                .path("next_cursor");
        query(LATE.formatted(30, "none", ", \"cursor\": \"" + cursor + "\""))
                .statusCode(200)
                .body("rows", hasSize(30));
    }

    @Test
    void theOnlyPageIsItsOwnCount() {
        query(LATE.formatted(60, "exact", ""))
                .statusCode(200)
                .body("rows", hasSize(50))
                .body("count.value", equalTo(50));
        query(LATE.formatted(60, "estimated", "")).statusCode(200).body("count.kind", equalTo("exact"));
        assertThat(Trial.asked("/router/api/v1/count")).isEmpty();
        assertThat(Trial.asked("/router/api/v1/explain")).isEmpty();
    }

    @Test
    void anEstimateIsThePlannersAndAtLeastWhatWasSeen() {
        query(LATE.formatted(20, "estimated", ""))
                .statusCode(200)
                .body("count.kind", equalTo("estimated"))
                .body("count.value", allOf(greaterThan(20), lessThan(1_000)));
        assertThat(Trial.asked("/router/api/v1/count")).isEmpty();
        assertThat(Trial.asked("/router/api/v1/explain")).hasSize(1);
    }

    @Test
    void thePlanIsCountedUnder() {
        Trial.script(
                "{\"plan\": {\"decision\": \"FILTER\", \"filter\": {\"field\": \"departure.airport\", \"op\": \"eq\","
                        + " \"value\": \"ORD\"}, \"masked\": [], \"policy_version\": 7, \"revision\": 12}}");
        query(LATE.formatted(5, "exact", "")).statusCode(200).body("count.value", equalTo(13));
        Trial.script("{\"plan\": {\"decision\": \"NONE\", \"filter\": null, \"masked\": [], \"policy_version\": 7,"
                + " \"revision\": 12}}");
        query(LATE.formatted(5, "exact", ""))
                .statusCode(200)
                .body("count.value", equalTo(0))
                .body("count.kind", equalTo("exact"));
    }

    private static ValidatableResponse query(String body) {
        return Trial.as("ana").body(body).post(path()).then();
    }

    private static String path() {
        return "/api/v1/datasets/" + DATASET + "/query";
    }
}
