package io.ashlar.filter.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import io.ashlar.filter.peer.PeerResource;
import io.ashlar.filter.peer.Trial;
import io.ashlar.local.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Groups: what the plan leaves of them, what is masked, their pages and how fresh these are. */
@QuarkusTest
@QuarkusTestResource(
        value = StackResource.class,
        initArgs = {
            @ResourceArg(name = "service", value = "filter"),
            @ResourceArg(name = "servers", value = "CONTROL,REDIS,OIDC")
        })
@QuarkusTestResource(PeerResource.class)
final class AggregateIT {

    private static final String DATASET = "grouped";

    /** One each six hours from the fourth on; Chicago's January begins and ends six hours after that of UTC. */
    private static final int FLIGHTS_OF_JANUARY = 121;

    private static final String BY_ORIGIN = """
            {"aggregate": {"group_by": [{"field": "origin"}],
                           "measures": [{"fn": "count", "as": "flights"}, {"fn": "sum", "field": "delay"}]},
             "sort": [{"field": "origin"}], "page": {"limit": %d%s}}
            """;

    @BeforeEach
    void declared() {
        Trial.script("{}");
        Trial.declare("ed", DATASET);
    }

    @Test
    void rowsAreGroupedAndMeasured() {
        groups("ana", BY_ORIGIN.formatted(10, ""))
                .statusCode(200)
                .body("groups", hasSize(4))
                .body("groups.origin", contains("DFW", "JFK", "ORD", "SFO"))
                .body("groups.flights", contains(50, 50, 50, 50))
                .body("groups[0].sum_delay", equalTo(5000))
                .body("groups[0]", aMapWithSize(3))
                .body("next_cursor", nullValue())
                .body("source", equalTo("replica-1"))
                .body("token", startsWith("v1."))
                .header("Ashlar-Consistency-Token", startsWith("v1."))
                .header("Cache-Control", "private, no-store");
    }

    @Test
    void bucketsAreLocalDatesAndHavingSpeaksOfTheAnswer() {
        groups("ana", """
                        {"filters": [{"field": "delay", "op": "gt", "value": 3}], "tz": "America/Chicago",
                         "aggregate": {"group_by": [{"field": "date", "bucket": "month", "as": "month"}],
                                       "measures": [{"fn": "count", "as": "n"}, {"fn": "max", "field": "date", "as": "last"}],
                                       "having": {"field": "n", "op": "gte", "value": 78}},
                         "sort": [{"field": "month", "dir": "desc"}]}
                        """)
                .statusCode(200)
                .body("groups.month", contains("2001-01-01"))
                .body("groups[0].n", equalTo(FLIGHTS_OF_JANUARY))
                .body("groups[0].last", equalTo("2001-02-01T00:00:00.000000Z"));
    }

    @Test
    void thePlanIsJoinedBeforeAnythingIsCounted() {
        Trial.script(plan("FILTER", "{\"field\":\"departure.airport\",\"op\":\"eq\",\"value\":\"ORD\"}", ""));
        groups("ana", BY_ORIGIN.formatted(10, "")).statusCode(200).body("groups.origin", contains("ORD"));
        groups("ana", "{\"aggregate\": {\"measures\": [{\"fn\": \"count\"}]}}")
                .statusCode(200)
                .body("groups", hasSize(1))
                .body("groups[0].count", equalTo(50));
    }

    @Test
    void ofNoRowsThereIsStillOneCountAndNoStoreIsAsked() {
        Trial.script(plan("NONE", "null", ""));
        groups("ana", "{\"aggregate\": {\"measures\": [{\"fn\": \"count\"}, {\"fn\": \"max\", \"field\": \"delay\"}]}}")
                .statusCode(200)
                .body("groups", hasSize(1))
                .body("groups[0].count", equalTo(0))
                .body("groups[0].max_delay", nullValue())
                .body("reason", equalTo("plan_none"));
        groups("ana", BY_ORIGIN.formatted(10, "")).statusCode(200).body("groups", hasSize(0));
        assertThat(Trial.asked("/router/api/v1/aggregate")).isEmpty();
    }

    @Test
    void aMaskedFieldCanNeitherBeGroupedByNorMeasuredNorFilteredBy() {
        Trial.script(plan("ALL", "null", "\"distance\""));
        String wanted = """
                {"filters": [{"field": "%1$s", "op": "gt", "value": 1}],
                 "aggregate": {"group_by": [{"field": "%1$s"}], "measures": [{"fn": "avg", "field": "%1$s"}]}}
                """;
        Response hidden = Trial.as("ana").body(wanted.formatted("distance")).post(path());
        Response unknown = Trial.as("ana").body(wanted.formatted("nonsense")).post(path());
        assertThat(hidden.statusCode()).isEqualTo(400);
        assertThat(hidden.jsonPath().getList("errors.pointer"))
                .isEqualTo(unknown.jsonPath().getList("errors.pointer"))
                .contains("/aggregate/group_by/0/field", "/aggregate/measures/0/field", "/filters/0/field");
        assertThat(hidden.jsonPath().getList("errors.code"))
                .isEqualTo(unknown.jsonPath().getList("errors.code"));
        groups("ana", BY_ORIGIN.formatted(10, "")).statusCode(200);
        JsonNode sealed = Trial.asked("/router/api/v1/aggregate").getFirst();
        assertThat(sealed.path("masked").toString()).isEqualTo("[\"distance\"]");
    }

    @Test
    void pagesOfGroupsFollowOneAnotherAndAreNeverOlder() {
        List<String> seen = new ArrayList<>();
        String cursor = "";
        String token = "";
        for (int page = 0; page < 4; page++) {
            Response answer =
                    Trial.as("ana").body(BY_ORIGIN.formatted(1, cursor)).post(path());
            assertThat(answer.statusCode()).isEqualTo(200);
            seen.addAll(answer.jsonPath().getList("groups.origin"));
            JsonNode sent = Trial.asked("/router/api/v1/aggregate").get(page);
            if (page > 0) {
                assertThat(sent.at("/headers/Ashlar-consistency").textValue()).isEqualTo("session");
                assertThat(sent.at("/headers/Ashlar-consistency-token").textValue())
                        .isEqualTo(token);
            }
            token = answer.path("token");
            String next = answer.path("next_cursor");
            assertThat(next == null).isEqualTo(page == 3);
            cursor = ", \"cursor\": \"" + next + "\"";
        }
        assertThat(seen).containsExactly("DFW", "JFK", "ORD", "SFO");
    }

    @Test
    void aCursorOpensForItsOwnAggregateOnly() {
        String cursor =
                Trial.as("ana").body(BY_ORIGIN.formatted(1, "")).post(path()).path("next_cursor");
        String used = ", \"cursor\": \"" + cursor + "\"";
        groups("ana", BY_ORIGIN.formatted(3, used)).statusCode(200).body("groups", hasSize(3));
        groups("ana", BY_ORIGIN.formatted(1, used).replace("\"sum\"", "\"avg\""))
                .statusCode(400)
                .body("code", equalTo("cursor_invalid"));
        groups("ana", BY_ORIGIN.formatted(1, used).replace("\"flights\"", "\"n\""))
                .statusCode(400)
                .body("code", equalTo("cursor_invalid"));
        Trial.as("ana")
                .body("{\"page\": {\"cursor\": \"" + cursor + "\"}}")
                .post("/api/v1/datasets/" + DATASET + "/query")
                .then()
                .statusCode(400)
                .body("code", equalTo("cursor_invalid"));
    }

    @Test
    void whatIsNoAggregateIsSaid() {
        groups("ana", "{}").statusCode(400).body("errors[0].code", equalTo("missing_key"));
        groups(
                        "ana",
                        "{\"fields\": [\"id\"], \"page\": {\"count\": \"exact\"}, \"aggregate\": {\"measures\": [{\"fn\": \"count\"}]}}")
                .statusCode(400)
                .body("errors.pointer", hasItem("/fields"))
                .body("errors.pointer", hasItem("/page/count"));
        groups("ana", "[]").statusCode(400);
        Trial.script("{\"deny\": [\"dataset.query\"]}");
        groups("ana", BY_ORIGIN.formatted(1, "")).statusCode(403);
    }

    private static String plan(String decision, String filter, String masked) {
        return "{\"plan\": {\"decision\": \"" + decision + "\", \"filter\": " + filter + ", \"masked\": [" + masked
                + "], \"policy_version\": 7, \"revision\": 12}}";
    }

    private static ValidatableResponse groups(String user, String body) {
        return Trial.as(user).body(body).post(path()).then();
    }

    private static String path() {
        return "/api/v1/datasets/" + DATASET + "/aggregate";
    }
}
