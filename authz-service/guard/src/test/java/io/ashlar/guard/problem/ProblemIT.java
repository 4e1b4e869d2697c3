package io.ashlar.guard.problem;

import static io.ashlar.guard.app.Http.as;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;

import io.ashlar.guard.app.GuardStack;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@GuardStack
class ProblemIT {

    @Test
    void allUnknownFieldsAreNamedAtOnce() {
        post("{\"naem\":\"x\",\"parts\":[{\"label\":\"a\"},{\"lable\":\"b\"}],\"other\":{\"deep\":[1,2]}}", 400)
                .body("code", equalTo("invalid_request"))
                .body("errors.pointer", hasItems("/naem", "/parts/1/lable", "/other"))
                .body("errors.did_you_mean", hasItems("name", "label"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\":1}|/name",
                "{\"name\":true}|/name",
                "{\"count\":\"1\"}|/count",
                "{\"count\":1.5}|/count",
                "{\"count\":true}|/count",
                "{\"count\":99999999999}|/count",
                "{\"hot\":\"true\"}|/hot",
                "{\"hot\":1}|/hot",
                "{\"kind\":\"STRNG\"}|/kind",
                "{\"kind\":0}|/kind",
                "{\"event_at\":\"yesterday\"}|/event_at",
                "{\"event_at\":12}|/event_at",
                "{\"tenant\":\"x\"}|/tenant",
                "{\"parts\":{}}|/parts",
                "{\"parts\":[1]}|/parts/0",
                "[]|''"
            })
    void aWrongTypeIsNamedWithItsPlace(String body, String pointer) {
        post(body, 400).body("code", equalTo("invalid_request")).body("errors.pointer", hasItems(pointer));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{|0", "{\"name\":\"a\",\"name\":\"b\"}|0", "{}{}|0", "nonsense|0", "{\"name\":\"\u0001\"}|0"})
    void whatIsNotJsonIsMalformed(String body) {
        post(body, 400).body("code", equalTo("malformed_json"));
    }

    /** It looks like four bytes to a character, in an order that nobody reads. */
    @Test
    void anEncodingThatIsNoneIsMalformed() {
        post(new String(new byte[] {0, 0, '{', 0, 0, 0, '}', 0}, StandardCharsets.ISO_8859_1), 400)
                .body("code", equalTo("malformed_json"));
    }

    @Test
    void tooDeepIsMalformed() {
        post("{\"other\":" + "[".repeat(1_000), 400).body("code", equalTo("malformed_json"));
    }

    @Test
    void aGoodBodyIsReadAndWrittenInSnakeCase() {
        as("ana")
                .contentType("application/json")
                .body("{\"count\":3,\"event_at\":\"2001-01-01T10:00:00Z\",\"kind\":\"BOOL\"}")
                .post("/trial/body")
                .then()
                .statusCode(200)
                .body("event_at", equalTo("2001-01-01T10:00:00Z"))
                .body("$", not(org.hamcrest.Matchers.hasKey("name")));
    }

    @Test
    void aBodyThatSaysItIsTooLargeIsRefused() {
        ValidatableResponse response = post("{\"name\":\"" + "x".repeat(70_000) + "\"}", 413);
        response.body("code", equalTo("body_too_large"));
    }

    @Test
    void aChunkedBodyThatIsTooLargeIsRefused() throws IOException {
        URI server = URI.create(ConfigProvider.getConfig().getValue("test.url", String.class));
        String token = io.ashlar.guard.app.Http.tokens().user("ana");
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /trial/bytes HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token
                            + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            byte[] chunk = ("400\r\n" + "x".repeat(1024) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            try {
                for (int i = 0; i < 80; i++) {
                    out.write(chunk);
                }
                out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                out.flush();
            } catch (IOException closedEarly) {
                Assertions.assertThat(closedEarly).hasMessageMatching("(?i).*(broken pipe|reset).*");
            }
            byte[] answer = socket.getInputStream().readNBytes(400);
            Assertions.assertThat(new String(answer, StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 413")
                    .contains("application/problem+json")
                    .contains("body_too_large");
        }
    }

    @Test
    void aCallerThatGivesUpWithinItsBodyIsNoFailureOfOurs() throws IOException {
        Logger door = Logger.getLogger("io.ashlar.guard");
        List<String> said = new CopyOnWriteArrayList<>();
        Handler ear = new Handler() {
            @Override
            public void publish(LogRecord line) {
                said.add(line.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        ear.setLevel(Level.ALL);
        Level before = door.getLevel();
        door.setLevel(Level.ALL);
        door.addHandler(ear);
        try {
            // One that closes before its request is begun is not seen at all.
            Awaitility.await().until(() -> {
                sendHalfABody();
                return said.contains("event=body_cut_off");
            });
            as("ana").get("/trial/me").then().statusCode(200);
        } finally {
            door.removeHandler(ear);
            door.setLevel(before);
        }
        Assertions.assertThat(said).doesNotContain("event=unforeseen_failure");
    }

    private static void sendHalfABody() throws IOException {
        URI server = URI.create(ConfigProvider.getConfig().getValue("test.url", String.class));
        String head = "POST /trial/bytes HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                + io.ashlar.guard.app.Http.tokens().user("ana")
                + "\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n";
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.getOutputStream().write((head + "{\"name\":").getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Test
    void pathsMethodsAndMediaTypesThatAreNotThere() {
        as("ana").get("/nowhere").then().statusCode(404).body("code", equalTo("not_found"));
        given().get("/nowhere/at/all").then().statusCode(404).body("code", equalTo("not_found"));
        as("ana").delete("/trial/me").then().statusCode(405).body("code", equalTo("method_not_allowed"));
        as("ana")
                .contentType("text/plain")
                .body("x")
                .post("/trial/body")
                .then()
                .statusCode(415)
                .body("code", equalTo("unsupported_media_type"));
        as("ana").accept("image/png").get("/trial/me").then().statusCode(406).body("code", equalTo("not_acceptable"));
    }

    @Test
    void whatNobodyForesawIsAnsweredWithoutItsText() {
        as("ana")
                .get("/trial/boom")
                .then()
                .statusCode(500)
                .contentType("application/problem+json")
                .body("code", equalTo("internal_error"))
                .body(not(containsString("SELECT")));
    }

    @Test
    void aRefusalOfOursKeepsItsFaultsAndItsRetryAfter() {
        as("ana")
                .get("/trial/refused")
                .then()
                .statusCode(503)
                .header("Retry-After", "7")
                .body("code", equalTo("unavailable"))
                .body("errors[0].allowed", hasItems("a", "b"))
                .body("errors[0].did_you_mean", equalTo("a"));
    }

    @Test
    void aPeerThatDoesNotAnswerIsADependency() {
        as("ana")
                .get("/trial/call")
                .then()
                .statusCode(503)
                .header("Retry-After", "1")
                .body("code", equalTo("dependency_unavailable"));
    }

    @Test
    void theRequestIdIsEchoedOrMade() {
        as("ana").header("X-Request-ID", "abc-1").get("/trial/me").then().header("X-Request-ID", "abc-1");
        as("ana")
                .header("X-Request-ID", "no spaces")
                .get("/trial/me")
                .then()
                .header("X-Request-ID", not(equalTo("no spaces")));
        given().get("/nowhere").then().header("X-Request-ID", not(equalTo(null)));
    }

    private static ValidatableResponse post(String body, int status) {
        return as("ana")
                .contentType("application/json")
                .body(body)
                .post("/trial/body")
                .then()
                .statusCode(status)
                .contentType("application/problem+json");
    }
}
