package io.ashlar.export.request;

import static io.ashlar.export.app.Client.as;
import static io.ashlar.export.app.Client.dataset;
import static io.ashlar.export.app.Client.post;
import static io.ashlar.export.app.Client.tokens;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;

import io.ashlar.export.app.Client;
import io.ashlar.export.app.ExportStack;
import io.ashlar.export.app.QueueDatabase;
import io.ashlar.local.TrialUser;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused, and how; and repeats. */
@QuarkusTest
@ExportStack
class BadInputIT {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{|400|malformed_json",
                "[]|400|invalid_request",
                "{\"source\":\"flights\",\"format\":\"xlsx\"}|400|unsupported_format",
                "{\"source\":\"flights\",\"format\":\"csv\",\"notify\":\"email\"}|400|unsupported_notification",
                "{\"source\":\"flights\",\"format\":\"csv\",\"notify\":{\"webhook\":\"https://10.0.0.1/\"}}|400|webhook_refused",
                "{\"source\":\"flights\",\"format\":\"csv\",\"notify\":{\"webhook\":\"http://127.0.0.2/\"}}|400|webhook_refused",
                "{\"source\":\"flights\",\"format\":\"csv\",\"notify\":{\"webhook\":\"https://169.254.169.254/\"}}|400|webhook_refused",
                "{\"source\":\"flights\",\"format\":\"csv\",\"tenant\":\"x\"}|400|invalid_request",
                "{\"source\":\"nothing-x\",\"format\":\"csv\"}|422|unknown_source",
                "{\"source\":\"hidden-x\",\"format\":\"csv\"}|403|forbidden",
                "{\"source\":\"down-x\",\"format\":\"csv\"}|503|dependency_unavailable"
            })
    void isRefusedWithItsCode(String body, int status, String code) {
        Response response = post("ana", body);
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(status);
        assertThat(response.contentType()).startsWith("application/problem+json");
        if (status != 503) {
            assertThat(response.<String>path("code")).isEqualTo(code);
        }
    }

    @Test
    void allFaultsAreNamedAtOnce() {
        post("ana", """
                {"sorce":"flights","format":"xlsx","priority":"urgent","notify":{"webhok":"x"},"filters":[{"op":"gt"}]}""")
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid_request"))
                .body("errors.pointer", hasItems("/sorce", "/source", "/format", "/priority", "/notify/webhok"))
                .body("errors.did_you_mean", hasItem("source"));
    }

    @Test
    void filtersFaultsAreFilterServicesWithPointersIntoOurBody() {
        post(
                        "ana",
                        "{\"source\":\"badfilter-x\",\"filters\":[{\"field\":\"dely\",\"op\":\"gt\",\"value\":1}],\"format\":\"csv\"}")
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid_filter"))
                .body("errors[0].code", equalTo("unknown_field"))
                .body("errors[0].pointer", equalTo("/filters/0/field"))
                .body("errors[0].did_you_mean", equalTo("delay"));
    }

    @Test
    void bodiesThatAreTooLargeOrOfAnotherKind() {
        post("ana", "{\"source\":\"" + "x".repeat(200_000) + "\"}").then().statusCode(413);
        as("ana")
                .contentType("text/plain")
                .body("x")
                .post("/api/v1/exports")
                .then()
                .statusCode(415);
        as("ana").delete("/api/v1/exports").then().statusCode(405);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "1-1-1-1-1", "00000000-0000-0000-0000-00000000000g", "..%2F..%2Fetc"})
    void whatIsNoIdIsNotFound(String id) {
        as("ana").urlEncodingEnabled(false).get("/api/v1/exports/" + id).then().statusCode(404);
    }

    @Test
    void tokensThatAreNone() {
        for (String token : List.of(tokens().expired("ana"), tokens().forged("ana"), "x")) {
            given().auth()
                    .oauth2(token)
                    .get("/api/v1/exports")
                    .then()
                    .statusCode(401)
                    .body("code", equalTo("unauthenticated"));
        }
        as("olga").get("/api/v1/exports").then().statusCode(403).body("code", equalTo("tenant_required"));
    }

    @Test
    void deniedByPolicy() {
        Client.deny("export.create");
        try {
            post("ana", "{\"source\":\"flights\",\"format\":\"csv\"}").then().statusCode(403);
        } finally {
            Client.deny("");
        }
    }

    @Test
    void aRepeatAnswersTheSameAndAnotherBodyIsRefused() {
        String key = UUID.randomUUID().toString();
        String body = "{\"source\":\"" + dataset("flights") + "\",\"format\":\"csv\"}";
        String first = keyed(key, body).then().statusCode(202).extract().path("id");
        assertThat(keyed(key, body).then().statusCode(202).extract().<String>path("id"))
                .isEqualTo(first);
        keyed(key, body.replace("flights", "others"))
                .then()
                .statusCode(422)
                .body("code", equalTo("idempotency_key_reused"));
        assertThat(as("ed").header("Idempotency-Key", key)
                        .contentType("application/json")
                        .body(body)
                        .post("/api/v1/exports")
                        .then()
                        .statusCode(202)
                        .extract()
                        .<String>path("id"))
                .as("another user's key is another key")
                .isNotEqualTo(first);
        keyed("no blanks", body).then().statusCode(400);
    }

    @Test
    void parallelRepeatsMakeOneExport() throws Exception {
        String key = UUID.randomUUID().toString();
        String body = "{\"source\":\"" + dataset("flights") + "\",\"format\":\"csv\"}";
        List<Future<Response>> sent = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 12; i++) {
                sent.add(threads.submit(() -> keyed(key, body)));
            }
        }
        List<String> ids = new ArrayList<>();
        for (Future<Response> response : sent) {
            assertThat(response.get().statusCode()).isEqualTo(202);
            ids.add(response.get().path("id"));
        }
        assertThat(ids.stream().distinct()).hasSize(1);
    }

    @Test
    void aRepeatWhileTheFirstIsStillRunningIsTold() throws SQLException {
        String key = UUID.randomUUID().toString();
        String body = "{\"source\":\"" + dataset("flights") + "\",\"format\":\"csv\"}";
        String sql = """
                INSERT INTO export.idempotency_keys (tenant_id, subject, route, key, request_hash)
                VALUES (?, '00000000-0000-4000-8000-000000000001', 'POST /api/v1/exports', ?, 'x')
                """;
        try (Connection connection = QueueDatabase.house().getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setObject(1, UUID.fromString(TrialUser.TENANT_A));
                statement.setString(2, key);
                statement.executeUpdate();
            }
            Response response = keyed(key, body);
            assertThat(response.statusCode()).isEqualTo(409);
            assertThat(response.<String>path("code")).isEqualTo("idempotency_in_progress");
            connection.rollback();
        }
        keyed(key, body).then().statusCode(202);
    }

    private static Response keyed(String key, String body) {
        return as("ana")
                .header("Idempotency-Key", key)
                .contentType("application/json")
                .body(body)
                .post("/api/v1/exports");
    }
}
