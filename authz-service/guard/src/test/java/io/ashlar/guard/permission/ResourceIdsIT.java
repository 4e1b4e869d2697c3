package io.ashlar.guard.permission;

import static io.ashlar.guard.app.Http.as;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.ashlar.guard.app.GuardStack;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a permission's resource is named: path, query, body; on a method or its class. */
@QuarkusTest
@GuardStack
class ResourceIdsIT {

    @Test
    void theQueryNamesIt() {
        as("ana").get("/trial/by-query?dataset=ok-1").then().statusCode(200).body("dataset", equalTo("ok-1"));
        as("ana").get("/trial/by-query?dataset=secret").then().statusCode(403);
        // What is decided must be what is used.
        for (String query : new String[] {"", "?dataset=", "?dataset=ok-1&dataset=secret", "?data=ok-1"}) {
            as("ana")
                    .get("/trial/by-query" + query)
                    .then()
                    .statusCode(400)
                    .body("code", equalTo("invalid_request"))
                    .body("errors[0].pointer", equalTo("query:dataset"));
        }
    }

    @Test
    void theBodyNamesIt() {
        post("/trial/by-body", "{\"name\":\"x\",\"parts\":[{\"label\":\"ok-1\"}]}")
                .statusCode(200)
                .body("name", equalTo("x"));
        post("/trial/by-body", "{\"name\":\"ok-1\",\"parts\":[{\"label\":\"secret\"}]}")
                .statusCode(403);
        post("/trial/by-bytes", "{\"dataset\":\"ok-1\"}").statusCode(200).body("bytes", equalTo(18));
        post("/trial/by-bytes", "{\"dataset\":\"secret\"}").statusCode(403);
        post("/trial/by-bytes", "{\"dataset\":\"ok-1\",\"dataset\":\"secret\"}").statusCode(400);
        post("/trial/by-bytes", "{\"dataset\":").statusCode(400).body("code", equalTo("malformed_json"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/trial/by-body|{}|/parts/0/label",
                "/trial/by-body|{\"name\":\"ok-1\"}|/parts/0/label",
                "/trial/by-body|{\"parts\":[{}]}|/parts/0/label",
                "/trial/by-body|{\"parts\":[{\"label\":\"\"}]}|/parts/0/label",
                "/trial/by-bytes|{\"dataset\":1}|/dataset",
                "/trial/by-bytes|[\"ok-1\"]|/dataset",
                "/trial/by-bytes|\"ok-1\"|/dataset",
            })
    void aBodyThatNamesNoneIsRefused(String path, String body, String pointer) {
        post(path, body)
                .statusCode(400)
                .body("code", equalTo("invalid_request"))
                .body("errors[0].pointer", equalTo(pointer));
    }

    @Test
    void noBodyGetsNobodyIn() {
        for (String path : new String[] {"/trial/by-body", "/trial/by-bytes"}) {
            as("ana").contentType(ContentType.JSON).post(path).then().statusCode(400);
            given().contentType(ContentType.JSON)
                    .body("{\"dataset\":\"ok-1\"}")
                    .post(path)
                    .then()
                    .statusCode(401);
            as("olga")
                    .contentType(ContentType.JSON)
                    .body("{\"dataset\":\"ok-1\",\"parts\":[{\"label\":\"ok-1\"}]}")
                    .post(path)
                    .then()
                    .statusCode(path.endsWith("bytes") ? 403 : 400);
        }
    }

    /** It would have to wait where nobody may: a mistake of the resource's author, found by the first call. */
    @Test
    void aMethodOnTheEventLoopIsNotLetThrough() {
        post("/trial/by-body-reactive", "{\"name\":\"ok-1\"}").statusCode(500);
    }

    @Test
    void aClassSpeaksForItsMethodsUnlessTheyDo() {
        as("ana").get("/guarded/ok-1").then().statusCode(200);
        as("ana").get("/guarded/secret").then().statusCode(403);
        as("ana").get("/guarded/ok-1/tenant").then().statusCode(403);
    }

    private static ValidatableResponse post(String path, String body) {
        return as("ana").contentType(ContentType.JSON).body(body).post(path).then();
    }
}
