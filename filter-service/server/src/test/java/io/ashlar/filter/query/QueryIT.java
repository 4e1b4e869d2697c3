package io.ashlar.filter.query;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import io.ashlar.filter.peer.PeerResource;
import io.ashlar.filter.peer.Trial;
import io.ashlar.local.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages of rows: plans, masks, cursors, freshness and every way to ask wrongly. */
@QuarkusTest
@QuarkusTestResource(
        value = StackResource.class,
        initArgs = {
            @ResourceArg(name = "service", value = "filter"),
            @ResourceArg(name = "servers", value = "CONTROL,REDIS,OIDC")
        })
@QuarkusTestResource(PeerResource.class)
final class QueryIT {

    private static final String DATASET = "queried";
    private static final String LATE = """
            {"filters": [{"field": "delay", "op": "gt", "value": 150}],
             "sort": [{"field": "delay", "dir": "desc"}], "page": {"limit": 20}}
            """;

    @BeforeEach
    void declared() {
        Trial.script("{}");
        Trial.declare("ed", DATASET);
    }

    @Test
    void aPlanOfAllShowsTheTenantsRows() {
        query("ana", LATE)
                .statusCode(200)
                .body("rows", hasSize(20))
                .body("rows[0].delay", equalTo(200))
                .body("rows[0].id", equalTo("flight:0200"))
                .body("rows[0]", aMapWithSize(6))
                .body("masked", hasSize(0))
                .body("source", equalTo("replica-1"))
                .body("lag_ms", equalTo(3))
                .body("consistency", equalTo("eventual"))
                .body("reason", equalTo("replica"))
                .body("token", startsWith("v1."))
                .header("Ashlar-Consistency-Token", startsWith("v1."))
                .body("next_cursor", notNullValue());
    }

    @Test
    void aPlanOfNoneAsksNoStore() {
        Trial.script(plan("NONE", "null", ""));
        query("ana", LATE)
                .statusCode(200)
                .body("rows", hasSize(0))
                .body("next_cursor", nullValue())
                .body("source", equalTo("none"))
                .body("reason", equalTo("plan_none"));
        assertThat(Trial.asked("/router/api/v1/page")).isEmpty();
    }

    @Test
    void aPlansFilterIsJoinedInFieldsOfTheDataset() {
        Trial.script(plan("FILTER", "{\"field\":\"departure.airport\",\"op\":\"in\",\"value\":[\"ORD\",\"SFO\"]}", ""));
        query("ana", LATE).statusCode(200).body("rows.origin.unique()", contains("ORD", "SFO"));
        JsonNode plan = Trial.asked("/authz/api/v1/plan").getFirst();
        assertThat(plan.at("/headers/Ashlar-on-behalf-of").textValue()).isEqualTo(Trial.TENANT_A + "/" + Trial.ANA);
        assertThat(plan.at("/body/subject/id").textValue()).isEqualTo(Trial.ANA);
        assertThat(plan.at("/body/action/name").textValue()).isEqualTo("read");
        assertThat(plan.at("/body/resource/type").textValue()).isEqualTo("Flight");
        assertThat(plan.at("/body/fields")).hasSize(6);
        assertThat(plan.at("/body/fields/1/path").textValue()).isEqualTo("departure.airport");
        assertThat(plan.at("/body/fields/4/sensitivity").textValue()).isEqualTo("commercial");
    }

    @Test
    void aPlanThatCannotBeMappedIsAnErrorAndNeverAWiderFilter() {
        Trial.script(plan(
                "FILTER",
                "{\"or\":[{\"field\":\"delay\",\"op\":\"gt\",\"value\":1},"
                        + "{\"field\":\"carrier.country\",\"op\":\"eq\",\"value\":\"US\"}]}",
                ""));
        query("ana", LATE)
                .statusCode(422)
                .body("code", equalTo("plan_unmappable"))
                .body("errors[0].detail", equalTo("No field of the dataset declares the attribute carrier.country."));
        Trial.script(plan("FILTER", "{\"field\":\"delay\",\"op\":\"eq\",\"value\":\"late\"}", ""));
        query("ana", LATE).statusCode(422).body("code", equalTo("plan_unmappable"));
        assertThat(Trial.asked("/router/api/v1/page")).isEmpty();
    }

    @Test
    void aMaskedFieldIsNullAndListedAndUnknownToFiltersAndOrders() {
        Trial.script(plan("ALL", "null", "\"distance\""));
        query("ana", LATE)
                .statusCode(200)
                .body("masked", contains("distance"))
                .body("rows.distance", everyItem(nullValue()))
                .body("rows[0]", aMapWithSize(6));
        JsonNode page = Trial.asked("/router/api/v1/page").getFirst();
        assertThat(page.path("fields").toString()).doesNotContain("distance");
        assertThat(page.path("masked").toString()).contains("distance");
        query("ana", "{\"fields\":[\"distance\",\"delay\"],\"page\":{\"limit\":1}}")
                .statusCode(200)
                .body("rows[0].distance", nullValue())
                .body("rows[0]", aMapWithSize(2));
        query("ana", "{\"fields\":[\"distance\"],\"page\":{\"limit\":1}}")
                .statusCode(200)
                .body("rows[0]", aMapWithSize(1))
                .body("rows[0].distance", nullValue());
        Response hidden = Trial.as("ana")
                .body("{\"filters\":[{\"field\":\"distance\",\"op\":\"gt\",\"value\":1}],"
                        + "\"sort\":[{\"field\":\"distance\"}],\"fields\":[\"distance\",\"nope\"]}")
                .post(path());
        Response unknown = Trial.as("ana")
                .body("{\"filters\":[{\"field\":\"nonsense\",\"op\":\"gt\",\"value\":1}],"
                        + "\"sort\":[{\"field\":\"nonsense\"}],\"fields\":[\"delay\",\"nope\"]}")
                .post(path());
        assertThat(hidden.statusCode()).isEqualTo(400);
        assertThat(hidden.jsonPath().getList("errors.code"))
                .isEqualTo(unknown.jsonPath().getList("errors.code"));
        assertThat(hidden.jsonPath().getList("errors.pointer"))
                .isEqualTo(unknown.jsonPath().getList("errors.pointer"))
                .contains("/fields/1");
        assertThat(hidden.jsonPath().getString("code")).isEqualTo("invalid_filter");
    }

    @Test
    void pagesFollowOneAnotherAndAreNeverOlder() {
        List<Integer> delays = new ArrayList<>();
        Response page = Trial.as("ana").body(LATE).post(path());
        List<String> tokens = new ArrayList<>();
        while (true) {
            page.then().statusCode(200);
            delays.addAll(page.jsonPath().getList("rows.delay", Integer.class));
            tokens.add(page.jsonPath().getString("token"));
            String cursor = page.jsonPath().getString("next_cursor");
            if (cursor == null) {
                break;
            }
            page = Trial.as("ana")
                    .body(LATE.replace("20}", "20, \"cursor\": \"" + cursor + "\"}"))
                    .post(path());
        }
        assertThat(delays).hasSize(50).doesNotHaveDuplicates().isSortedAccordingTo((a, b) -> b - a);
        List<JsonNode> asked = Trial.asked("/router/api/v1/page");
        assertThat(asked).hasSize(3);
        assertThat(asked.get(0).at("/headers/Ashlar-consistency").textValue()).isEqualTo("eventual");
        assertThat(asked.get(1).at("/headers/Ashlar-consistency").textValue()).isEqualTo("session");
        assertThat(asked.get(1).at("/headers/Ashlar-consistency-token").textValue())
                .isEqualTo(tokens.get(0));
        assertThat(Trial.asked("/authz/api/v1/plan")).hasSize(3);
    }

    @Test
    void aRevocationHoldsForTheNextPage() {
        String cursor = Trial.as("ana").body(LATE).post(path()).jsonPath().getString("next_cursor");
        Trial.script(plan("NONE", "null", ""));
        query("ana", withCursor(cursor)).statusCode(200).body("rows", hasSize(0));
        Trial.script("{\"deny\":[\"dataset.query\"]}");
        query("ana", withCursor(cursor)).statusCode(403).body("code", equalTo("forbidden"));
    }

    @Test
    void aCursorIsGoodForItsQueryItsDatasetAndItsTenantOnly() {
        String cursor = Trial.as("ana").body(LATE).post(path()).jsonPath().getString("next_cursor");
        query("ana", withCursor(cursor).replace("150", "149"))
                .statusCode(400)
                .body("code", equalTo("cursor_invalid"))
                .body("errors[0].pointer", equalTo("/page/cursor"));
        query("ana", withCursor(cursor).replace("desc", "asc")).statusCode(400).body("code", equalTo("cursor_invalid"));
        query("ana", withCursor(cursor).replace("\"limit\": 20", "\"limit\": 10"))
                .statusCode(200);
        Trial.declare("ed", "queried-too");
        Trial.as("ana")
                .body(withCursor(cursor))
                .post("/api/v1/datasets/queried-too/query")
                .then()
                .statusCode(400)
                .body("code", equalTo("cursor_invalid"));
        Trial.declare("bea", DATASET);
        query("bea", withCursor(cursor)).statusCode(400).body("code", equalTo("cursor_invalid"));
        query("ana", withCursor(cursor.substring(0, cursor.length() - 2) + "AA"))
                .statusCode(400)
                .body("code", equalTo("cursor_invalid"));
        query("ana", withCursor("x")).statusCode(400).body("code", equalTo("cursor_invalid"));
    }

    @Test
    void aCursorEndsWithTheVersionItWasMadeFor() {
        Trial.declare("ed", "versioned");
        Response first = Trial.as("ana").body(LATE).post("/api/v1/datasets/versioned/query");
        Trial.as("ed")
                .header("If-Match", "\"1\"")
                .body(Trial.FLIGHTS.replace("commercial", "secret"))
                .put("/api/v1/datasets/versioned")
                .then()
                .statusCode(200);
        Trial.as("ana")
                .body(withCursor(first.jsonPath().getString("next_cursor")))
                .post("/api/v1/datasets/versioned/query")
                .then()
                .statusCode(400)
                .body("code", equalTo("cursor_invalid"));
    }

    @Test
    void everyFaultOfAQueryIsNamedAtOnce() {
        query("ana", """
                        {"filters": [{"field": "dely", "op": "gt", "value": 1},
                                     {"field": "delay", "op": "gt", "value": "late"},
                                     {"field": "origin", "op": "between", "value": ["A", 1]}],
                         "sort": [{"field": "delai"}], "fields": ["id", "nope"]}
                        """)
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("invalid_filter"))
                .body("type", equalTo("urn:ashlar:problem:invalid_filter"))
                .body("request_id", notNullValue())
                .body("errors.pointer", hasItem("/filters/0/field"))
                .body("errors.find { it.pointer == '/filters/0/field' }.did_you_mean", equalTo("delay"))
                .body("errors.pointer", hasItem("/filters/1/value"))
                .body("errors.pointer", hasItem("/filters/2/value/1"))
                .body("errors.pointer", hasItem("/sort/0/field"))
                .body("errors.pointer", hasItem("/fields/1"));
        query(
                        "ana",
                        "{\"filters\": [{\"field\": \"delay\", \"op\": \"gt\"}], \"order\": 1, \"page\": {\"limit\": 501}}")
                .statusCode(400)
                .body("errors.pointer", hasItem("/order"))
                .body("errors.pointer", hasItem("/page/limit"));
    }

    @Test
    void whatIsNoJsonOrTooLongIsRefused() {
        query("ana", "{\"filters\": ").statusCode(400).body("code", equalTo("malformed_json"));
        query("ana", "").statusCode(400);
        query("ana", "{\"tz\":\"" + "x".repeat(64 * 1024) + "\"}")
                .statusCode(413)
                .body("code", equalTo("body_too_large"));
        query("ana", "{\"tz\":\"" + "x".repeat(300 * 1024) + "\"}")
                .statusCode(413)
                .body("code", equalTo("body_too_large"));
        given().auth()
                .oauth2(Trial.tokens().user("ana"))
                .contentType(ContentType.XML)
                .body("<a/>")
                .post(path())
                .then()
                .statusCode(415)
                .body("code", equalTo("unsupported_media_type"));
    }

    @Test
    void whoIsNotKnownIsRefused() {
        given().contentType(ContentType.JSON).body("{}").post(path()).then().statusCode(401);
        for (String token :
                List.of(Trial.tokens().expired("ana"), Trial.tokens().forged("ana"), "nonsense")) {
            given().auth()
                    .oauth2(token)
                    .contentType(ContentType.JSON)
                    .body("{}")
                    .post(path())
                    .then()
                    .statusCode(401)
                    .body("code", equalTo("unauthenticated"));
        }
        Trial.as("olga").body("{}").post(path()).then().statusCode(403).body("code", equalTo("tenant_required"));
    }

    @Test
    void theConsistencyAskedForIsHandedOn() {
        Trial.as("ana")
                .header("Ashlar-Consistency", "strong")
                .header("Ashlar-Max-Staleness-Ms", "250")
                .body(LATE)
                .post(path())
                .then()
                .statusCode(200);
        JsonNode asked = Trial.asked("/router/api/v1/page").getFirst();
        assertThat(asked.at("/headers/Ashlar-consistency").textValue()).isEqualTo("strong");
        assertThat(asked.at("/headers/Ashlar-max-staleness-ms").textValue()).isEqualTo("250");
        Trial.as("ana")
                .header("Ashlar-Consistency", "soon")
                .header("Ashlar-Max-Staleness-Ms", "-1")
                .body(LATE)
                .post(path())
                .then()
                .statusCode(400)
                .body("errors.pointer", contains("header:Ashlar-Consistency", "header:Ashlar-Max-Staleness-Ms"));
        Trial.as("ana")
                .header("Ashlar-Consistency-Token", "v1.bm8")
                .body(LATE)
                .post(path())
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("header:Ashlar-Consistency-Token"));
    }

    @Test
    void anotherTenantsTokenIsRefused() {
        Trial.declare("bea", DATASET);
        String token = Trial.as("bea").body("{}").post(path()).jsonPath().getString("token");
        Trial.as("ana")
                .header("Ashlar-Consistency-Token", token)
                .body(LATE)
                .post(path())
                .then()
                .statusCode(403)
                .body("code", equalTo("tenant_mismatch"));
    }

    @ParameterizedTest
    @CsvSource({
        "503, consistency_pending, 2, 503, consistency_pending, 2",
        "503, store_unavailable, 5, 503, store_unavailable, 5",
        "409, consistency_lost, -1, 409, consistency_lost, ",
        "504, statement_timeout, -1, 504, statement_timeout, ",
        "422, query_too_costly, -1, 422, query_too_costly, ",
        "429, tenant_busy, 1, 429, tenant_busy, 1",
        "422, relation_unknown, -1, 422, dataset_invalid, ",
        "400, seal_invalid, -1, 503, dependency_unavailable, 1",
        "403, forbidden, -1, 503, dependency_unavailable, 1",
        "500, tenant_setting_lost, -1, 503, dependency_unavailable, 1"
    })
    void aRefusalOfTheRouterIsToldInOurWords(
            int status, String code, int retry, int expected, String expectedCode, String retryAfter) {
        Trial.script(
                "{\"router\":{\"status\":" + status + ",\"code\":\"" + code + "\",\"retry_after\":" + retry + "}}");
        Response answer = Trial.as("ana").body(LATE).post(path());
        assertThat(answer.statusCode()).isEqualTo(expected);
        assertThat(answer.jsonPath().getString("code")).isEqualTo(expectedCode);
        assertThat(answer.header("Retry-After")).isEqualTo(retryAfter);
    }

    @Test
    void withoutAPlanThereAreNoRows() {
        Trial.script("{\"plan\":{\"problem\":503,\"code\":\"unavailable\"}}");
        query("ana", LATE).statusCode(503).body("code", equalTo("dependency_unavailable"));
        Trial.script("{\"plan\":{\"problem\":422,\"code\":\"plan_unsupported\"}}");
        query("ana", LATE).statusCode(422).body("code", equalTo("plan_unmappable"));
        Trial.script("{\"plan\":{\"decision\":\"MAYBE\",\"masked\":[],\"policy_version\":1,\"revision\":1}}");
        query("ana", LATE).statusCode(503);
        assertThat(Trial.asked("/router/api/v1/page")).isEmpty();
    }

    private static ValidatableResponse query(String user, String body) {
        return Trial.as(user).body(body).post(path()).then();
    }

    private static String path() {
        return "/api/v1/datasets/" + DATASET + "/query";
    }

    private static String withCursor(String cursor) {
        return LATE.replace("20}", "20, \"cursor\": \"" + cursor + "\"}");
    }

    private static String plan(String decision, String filter, String masked) {
        return "{\"plan\":{\"decision\":\"" + decision + "\",\"filter\":" + filter + ",\"masked\":[" + masked
                + "],\"policy_version\":7,\"revision\":12}}";
    }
}
