package io.ashlar.filter.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import io.ashlar.filter.peer.PeerResource;
import io.ashlar.filter.peer.Trial;
import io.ashlar.local.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Segments over HTTP on a real database: who may do what, and what they stand for in queries. */
@QuarkusTest
@QuarkusTestResource(
        value = StackResource.class,
        initArgs = {
            @ResourceArg(name = "service", value = "filter"),
            @ResourceArg(name = "servers", value = "CONTROL,REDIS,OIDC")
        })
@QuarkusTestResource(PeerResource.class)
final class SegmentIT {

    private static final String DATASET = "/api/v1/datasets/segmented";
    private static final String SEGMENTS = DATASET + "/segments";
    private static final String LATE = "{\"field\":\"delay\",\"op\":\"gt\",\"value\":150}";
    private static final String NOT_MANAGER = "{\"deny\":[\"segment.manage\"]}";

    @BeforeEach
    void declared() {
        Trial.script("{}");
        Trial.declare("ed", "segmented");
        Trial.script(NOT_MANAGER);
    }

    @Test
    void aSegmentIsSavedReadAndUsed() {
        Response saved = save("ana", "late", "tenant", LATE);
        String id = saved.jsonPath().getString("id");
        saved.then()
                .statusCode(201)
                .header("ETag", "\"1\"")
                .header("Location", endsWith(SEGMENTS + "/" + id))
                .body("owner", equalTo(Trial.ANA))
                .body("dataset", equalTo("segmented"))
                .body("version", equalTo(1))
                .body("shared", equalTo("tenant"))
                .body("filter.value", equalTo(150));
        Trial.as("ed").get(SEGMENTS + "/" + id).then().statusCode(200).body("name", equalTo("late"));
        Trial.as("ed")
                .header("If-None-Match", "\"1\"")
                .get(SEGMENTS + "/" + id)
                .then()
                .statusCode(304);
        query("ed", "{\"filters\":[{\"segment\":\"" + id + "\"},{\"field\":\"delay\",\"op\":\"lte\",\"value\":160}]}")
                .statusCode(200)
                .body("rows", hasSize(10));
        resolve(id).statusCode(200);
    }

    @Test
    void allFaultsOfASegmentAreNamed() {
        Trial.as("ana")
                .body("""
                        {"name": "", "filter": {"and": [{"field": "dely", "op": "gt", "value": 1},
                          {"field": "delay", "op": "gt", "value": "x"}, {"segment": "nope"}]}}
                        """)
                .post(SEGMENTS)
                .then()
                .statusCode(422)
                .body("code", equalTo("segment_invalid"))
                .body("errors.pointer", contains("/name"));
        save("ana", "faulty", "private", """
                        {"and": [{"field": "dely", "op": "gt", "value": 1},
                          {"field": "delay", "op": "gt", "value": "x"}, {"segment": "nope"}]}
                        """)
                .then()
                .statusCode(422)
                .body("code", equalTo("segment_invalid"))
                .body("errors.find { it.pointer == '/filter/and/0/field' }.did_you_mean", equalTo("delay"))
                .body("errors.find { it.pointer == '/filter/and/1/value' }.code", equalTo("wrong_type"))
                .body("errors.find { it.pointer == '/filter/and/2/segment' }.code", equalTo("unknown_segment"));
        Trial.as("ana")
                .body("{\"name\":\"x\",\"filter\":{}}")
                .post("/api/v1/datasets/no-such/segments")
                .then()
                .statusCode(404)
                .body("code", equalTo("unknown_dataset"));
    }

    @Test
    void aFieldThatTheWriterMayNotSeeIsUnknown() {
        Trial.script("{\"plan\":{\"decision\":\"ALL\",\"filter\":null,\"masked\":[\"distance\"],"
                + "\"policy_version\":7,\"revision\":12}}");
        save("ana", "hidden", "private", "{\"field\":\"distance\",\"op\":\"gt\",\"value\":1}")
                .then()
                .statusCode(422)
                .body("errors[0].code", equalTo("unknown_field"))
                .body("errors[0].pointer", equalTo("/filter/field"));
    }

    @Test
    void aSharedSegmentGivesNobodyAField() {
        String id = id(save("ed", "far", "tenant", "{\"field\":\"distance\",\"op\":\"gt\",\"value\":1}"));
        query("ana", using(id)).statusCode(200);
        Trial.script("{\"plan\":{\"decision\":\"ALL\",\"filter\":null,\"masked\":[\"distance\"],"
                + "\"policy_version\":7,\"revision\":12}}");
        query("ana", using(id))
                .statusCode(400)
                .body("code", equalTo("invalid_filter"))
                .body("errors[0].code", equalTo("segment_invalid"))
                .body("errors[0].pointer", equalTo("/filters/segment"));
    }

    @Test
    void somebodyElsesPrivateSegmentIsNotThere() {
        String id = id(save("ana", "mine", "private", LATE));
        String absent = UUID.randomUUID().toString();
        for (String each : List.of(id, absent)) {
            Trial.as("ed").get(SEGMENTS + "/" + each).then().statusCode(404).body("code", equalTo("unknown_segment"));
            change("ed", each, "\"1\"", "theirs", "private", LATE).then().statusCode(404);
            Trial.as("ed").delete(SEGMENTS + "/" + each).then().statusCode(404);
            query("ed", using(each))
                    .statusCode(400)
                    .body("errors[0].code", equalTo("unknown_segment"))
                    .body("errors[0].pointer", equalTo("/filters/segment"));
            save("ed", "over", "private", "{\"segment\":\"" + each + "\"}")
                    .then()
                    .statusCode(422);
        }
        Trial.as("ed").get(SEGMENTS).then().body("segments.id", not(hasItem(id)));
        Trial.as("ana").get(SEGMENTS).then().body("segments.id", hasItem(id));
        // Not for who manages segments either.
        Trial.script("{}");
        Trial.as("ed").get(SEGMENTS + "/" + id).then().statusCode(404);
        Trial.as("ed").delete(SEGMENTS + "/" + id).then().statusCode(404);
    }

    @Test
    void anotherTenantSeesNone() {
        String id = id(save("ana", "ours", "tenant", LATE));
        Trial.script("{}");
        Trial.declare("bea", "segmented");
        Trial.as("bea").get(SEGMENTS + "/" + id).then().statusCode(404);
        query("bea", using(id)).statusCode(400).body("errors[0].code", equalTo("unknown_segment"));
        assertThat(Trial.as("bea").get(SEGMENTS).jsonPath().getList("segments")).isEmpty();
    }

    @Test
    void onlyTheOwnerAndWhoManagesChangeASharedOne() {
        String id = id(save("ana", "late", "tenant", LATE));
        change("ed", id, "\"1\"", "theirs", "tenant", LATE)
                .then()
                .statusCode(403)
                .body("code", equalTo("forbidden"));
        Trial.as("ed").delete(SEGMENTS + "/" + id).then().statusCode(403);
        Trial.script("{}");
        change("ed", id, "\"1\"", "theirs", "tenant", LATE)
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("owner", equalTo(Trial.ANA))
                .body("name", equalTo("theirs"));
        Trial.as("ed").delete(SEGMENTS + "/" + id).then().statusCode(204);
        Trial.as("ana").get(SEGMENTS + "/" + id).then().statusCode(404);
        Trial.script("{\"deny\":[\"segment.write\"]}");
        save("ana", "denied", "private", LATE).then().statusCode(403);
    }

    @Test
    void aChangeNeedsTheTagThatWasRead() {
        String id = id(save("ana", "tagged", "private", LATE));
        change("ana", id, null, "tagged too", "private", LATE)
                .then()
                .statusCode(412)
                .body("code", equalTo("precondition_failed"));
        change("ana", id, null, "tagged", "private", LATE)
                .then()
                .statusCode(200)
                .header("ETag", "\"1\"");
        change("ana", id, "\"1\"", "tagged too", "private", LATE)
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"");
        change("ana", id, "\"1\"", "lost", "private", LATE).then().statusCode(412);
        Trial.as("ana")
                .header("If-Match", "\"1\"")
                .delete(SEGMENTS + "/" + id)
                .then()
                .statusCode(412);
        Trial.as("ana")
                .header("If-Match", "\"2\"")
                .delete(SEGMENTS + "/" + id)
                .then()
                .statusCode(204);
    }

    @Test
    void whatOthersRelyOnStays() {
        String base = id(save("ana", "base", "tenant", LATE));
        String over = id(save("ed", "over", "tenant", "{\"segment\":\"" + base + "\"}"));
        Trial.as("ana")
                .delete(SEGMENTS + "/" + base)
                .then()
                .statusCode(409)
                .body("code", equalTo("segment_in_use"))
                .body("errors[0].detail", containsString(over));
        change("ana", base, "\"1\"", "base", "private", LATE).then().statusCode(409);
        change("ed", over, "\"1\"", "over", "private", "{\"segment\":\"" + base + "\"}")
                .then()
                .statusCode(200);
        // A private one of somebody else is not in the way, and hears it when it is used.
        Trial.as("ana").delete(SEGMENTS + "/" + base).then().statusCode(204);
        query("ed", using(over))
                .statusCode(400)
                .body("errors[0].code", equalTo("segment_invalid"))
                .body("errors[0].pointer", equalTo("/filters/segment"));
    }

    @Test
    void oneOfTwoThatWouldCloseARingIsRefused() throws Exception {
        String a = id(save("ana", "a", "private", LATE));
        String b = id(save("ana", "b", "private", LATE));
        change("ana", a, "\"1\"", "a", "private", "{\"not\":{\"segment\":\"" + a + "\"}}")
                .then()
                .statusCode(422)
                .body("errors[0].code", equalTo("segment_cycle"))
                .body("errors[0].pointer", equalTo("/filter/not/segment"));
        List<Callable<Integer>> writers = List.of(
                () -> change("ana", a, "\"1\"", "a", "private", "{\"segment\":\"" + b + "\"}")
                        .statusCode(),
                () -> change("ana", b, "\"1\"", "b", "private", "{\"segment\":\"" + a + "\"}")
                        .statusCode());
        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> status : threads.invokeAll(writers)) {
                statuses.add(status.get());
            }
        }
        assertThat(statuses).containsExactlyInAnyOrder(200, 422);
        query("ana", using(a)).statusCode(200);
    }

    @Test
    void aCursorEndsWithWhatItsSegmentsStandFor() {
        String inner = id(save("ana", "inner", "tenant", LATE));
        String outer = id(save("ana", "outer", "tenant", "{\"segment\":\"" + inner + "\"}"));
        String cursor = query("ana", using(outer)).extract().jsonPath().getString("next_cursor");
        query("ana", using(outer, cursor)).statusCode(200);
        change("ana", inner, "\"1\"", "renamed", "tenant", LATE).then().statusCode(200);
        query("ana", using(outer, cursor)).statusCode(200);
        change("ana", inner, "\"2\"", "renamed", "tenant", LATE.replace("150", "149"))
                .then()
                .statusCode(200);
        query("ana", using(outer, cursor)).statusCode(400).body("code", equalTo("cursor_invalid"));
    }

    @Test
    void theListComesInPagesByName() {
        List<String> mine = new ArrayList<>();
        for (String name : List.of("page c", "page a", "page b", "page b")) {
            mine.add(id(save("ana", name, "private", LATE)));
        }
        save("ed", "page x", "private", LATE).then().statusCode(201);
        List<String> names = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        String cursor = null;
        do {
            RequestSpecification request = Trial.as("ana").queryParam("limit", 2);
            Response page = (cursor == null ? request : request.queryParam("cursor", cursor)).get(SEGMENTS);
            page.then().statusCode(200);
            names.addAll(page.jsonPath().getList("segments.name", String.class));
            ids.addAll(page.jsonPath().getList("segments.id", String.class));
            cursor = page.jsonPath().getString("next_cursor");
            if (cursor != null) {
                Trial.as("ed")
                        .queryParam("cursor", cursor)
                        .get(SEGMENTS)
                        .then()
                        .statusCode(400)
                        .body("code", equalTo("cursor_invalid"));
            }
        } while (cursor != null);
        assertThat(names).isSorted().doesNotContain("page x");
        assertThat(ids).doesNotHaveDuplicates().containsAll(mine);
        Trial.as("ana").queryParam("limit", 501).get(SEGMENTS).then().statusCode(400);
    }

    @Test
    void aTenantHasAQuota() {
        Trial.script("{}");
        String token = Trial.tokens()
                .changed("bea", Map.of("tenant_id", "44444444-4444-4444-8444-444444444444"), Duration.ofMinutes(10));
        RequestSpecification bea =
                io.restassured.RestAssured.given().auth().oauth2(token).contentType(ContentType.JSON);
        bea.body(Trial.FLIGHTS).put(DATASET).then().statusCode(201);
        int made = 0;
        Response answer;
        do {
            answer = io.restassured.RestAssured.given()
                    .auth()
                    .oauth2(token)
                    .contentType(ContentType.JSON)
                    .body(body("n" + made++, "private", LATE))
                    .post(SEGMENTS);
        } while (answer.statusCode() == 201 && made < 60);
        assertThat(made).isEqualTo(31);
        answer.then().statusCode(429).body("code", equalTo("segment_quota")).body("detail", containsString("30"));
    }

    private static Response save(String user, String name, String shared, String filter) {
        return Trial.as(user).body(body(name, shared, filter)).post(SEGMENTS);
    }

    private static Response change(String user, String id, String tag, String name, String shared, String filter) {
        RequestSpecification request = Trial.as(user).body(body(name, shared, filter));
        return (tag == null ? request : request.header("If-Match", tag)).put(SEGMENTS + "/" + id);
    }

    private static String body(String name, String shared, String filter) {
        return "{\"name\":\"" + name + "\",\"shared\":\"" + shared + "\",\"filter\":" + filter + "}";
    }

    private static String id(Response saved) {
        saved.then().statusCode(201);
        return saved.jsonPath().getString("id");
    }

    private static String using(String id) {
        return "{\"filters\":{\"segment\":\"" + id + "\"},\"page\":{\"limit\":20}}";
    }

    private static String using(String id, String cursor) {
        return "{\"filters\":{\"segment\":\"" + id + "\"},\"page\":{\"limit\":20,\"cursor\":\"" + cursor + "\"}}";
    }

    private static ValidatableResponse query(String user, String body) {
        return Trial.as(user).body(body).post(DATASET + "/query").then();
    }

    private static ValidatableResponse resolve(String id) {
        return Trial.service("ashlar-export")
                .header("Ashlar-On-Behalf-Of", Trial.TENANT_A + "/" + Trial.ANA)
                .body("{\"op\":\"stream\",\"query\":{\"filters\":{\"segment\":\"" + id + "\"}}}")
                .post(DATASET + "/resolve")
                .then();
    }
}
