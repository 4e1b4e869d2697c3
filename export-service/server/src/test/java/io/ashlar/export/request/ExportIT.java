package io.ashlar.export.request;

import static io.ashlar.export.app.Client.as;
import static io.ashlar.export.app.Client.ask;
import static io.ashlar.export.app.Client.dataset;
import static io.ashlar.export.app.Client.ended;
import static io.ashlar.export.app.Client.fetch;
import static io.ashlar.export.app.Client.post;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;

import io.ashlar.export.app.Client;
import io.ashlar.export.app.ExportStack;
import io.ashlar.export.receipt.AsOf;
import io.ashlar.export.receipt.Fidelity;
import io.ashlar.export.receipt.Receipt;
import io.ashlar.export.receipt.ReceiptVerifier;
import io.ashlar.export.receipt.Verdict;
import io.ashlar.local.TrialUser;
import io.ashlar.router.token.ConsistencyToken;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exports from the request to the verified file. */
@QuarkusTest
@ExportStack
class ExportIT {

    @Test
    void fromTheRequestToTheVerifiedFile(@TempDir Path directory) throws IOException {
        Response accepted = post("ana", """
                {"source":"%s","filters":[{"field":"delay","op":"gt","value":-100}],"fields":["origin","delay"],"format":"csv"}""".formatted(dataset("flights")));
        accepted.then().statusCode(202).body("state", equalTo("queued")).body("as_of.kind", equalTo("run time"));
        String id = accepted.path("id");
        assertThat(accepted.header("Location")).endsWith("/api/v1/exports/" + id);
        assertThat(ended("ana", id)).isEqualTo("succeeded");

        Response export = as("ana").get("/api/v1/exports/" + id);
        export.then().statusCode(200).body("rows", equalTo(3)).body("attempts", equalTo(1));
        HttpResponse<byte[]> file = fetch(link("ana", id));
        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.headers().firstValue("Content-Disposition"))
                .hasValueSatisfying(value -> assertThat(value).contains(id + ".csv"));
        assertThat(new String(file.body(), UTF_8))
                .isEqualTo("origin,delay\r\nSFO,12\r\n'=cmd|' /C calc'!A0,-3\r\n,\r\n");

        Path path = Files.write(directory.resolve("x.csv"), file.body());
        String receipt = receipt("ana", id);
        Receipt signed = genuine(path, receipt);
        assertThat(signed.asOf()).isEqualTo(AsOf.RUN_TIME);
        assertThat(signed.rows()).isEqualTo(3);
        assertThat(signed.columnSums()).isEqualTo(Map.of("delay", "9"));
        assertThat(signed.masked()).containsExactly("distance");
        assertThat(signed.datasetVersion()).isEqualTo(4);
        assertThat(signed.policyVersion()).isEqualTo(7);
        assertThat(signed.fidelity()).containsExactly(new Fidelity("origin", Fidelity.FORMULA_GUARD, 1));

        byte[] forged = file.body().clone();
        forged[forged.length / 2] ^= 1;
        assertThat(ReceiptVerifier.verify(Files.write(directory.resolve("y.csv"), forged), receipt, keys()))
                .isInstanceOf(Verdict.Different.class);
        String other = receipt("ana", anotherExport());
        assertThat(ReceiptVerifier.verify(
                        path, other.replaceFirst("\\.[^.]+$", receipt.substring(receipt.lastIndexOf('.'))), keys()))
                .isInstanceOf(Verdict.Different.class);
    }

    @Test
    void aLargeFileGoesInPartsAndVerifies(@TempDir Path directory) throws IOException {
        String id = ask("ana", dataset("big"));
        assertThat(ended("ana", id)).isEqualTo("succeeded");
        Path path =
                Files.write(directory.resolve("big.csv"), fetch(link("ana", id)).body());
        Receipt signed = genuine(path, receipt("ana", id));
        assertThat(signed.rows()).isEqualTo(300_000);
        assertThat(signed.bytes()).isGreaterThan(16L << 20);
        assertThat(signed.parts()).hasSizeGreaterThan(2);
        assertThat(signed.parts().getFirst().bytes()).isEqualTo(8L << 20);
        assertThat(signed.columnSums()).containsEntry("delay", "44999850000");
    }

    @Test
    void aCutStreamIsRepeatedUntilItIsWhole(@TempDir Path directory) throws IOException {
        String id = ask("ana", dataset("flaky"));
        assertThat(ended("ana", id)).isEqualTo("succeeded");
        as("ana")
                .get("/api/v1/exports/" + id)
                .then()
                .body("attempts", equalTo(3))
                .body("rows", equalTo(1));
        genuine(Files.write(directory.resolve("z.csv"), fetch(link("ana", id)).body()), receipt("ana", id));
    }

    @Test
    void aStreamThatIsNeverProvenIsDeadAndLeavesNoFile() {
        for (String kind : List.of("cut", "forged")) {
            String id = ask("ana", dataset(kind));
            assertThat(ended("ana", id)).isEqualTo("dead");
            as("ana")
                    .get("/api/v1/exports/" + id)
                    .then()
                    .body("attempts", equalTo(4))
                    .body("error.code", equalTo("attempt_broken"));
            as("ana")
                    .get("/api/v1/exports/" + id + "/download")
                    .then()
                    .statusCode(409)
                    .body("code", equalTo("export_without_file"));
        }
    }

    @Test
    void rightsWithdrawnSinceTheRequestEndTheExport() {
        String id = ask("ana", dataset("withdrawn"));
        assertThat(ended("ana", id)).isEqualTo("failed");
        as("ana")
                .get("/api/v1/exports/" + id)
                .then()
                .body("error.code", equalTo("forbidden"))
                .body("attempts", equalTo(1));
    }

    @Test
    void whatIsTooDearFailsAtOnceAndSaysWhy() {
        String dear = ask("ana", dataset("dear"));
        assertThat(ended("ana", dear)).isEqualTo("failed");
        as("ana")
                .get("/api/v1/exports/" + dear)
                .then()
                .body("error.code", equalTo("query_too_costly"))
                .body(
                        "error.detail",
                        equalTo(
                                "Narrow it. Expected cost: 12000000, allowed: 2000000. No index serves: /filters/1 (delay): "
                                        + "No index has it. Declare one."))
                .body("attempts", equalTo(1));
        String unexplained = ask("ana", dataset("wide"));
        assertThat(ended("ana", unexplained)).isEqualTo("failed");
        as("ana")
                .get("/api/v1/exports/" + unexplained)
                .then()
                .body("error.code", equalTo("query_too_costly"))
                .body("error.detail", equalTo("Narrow it. Expected cost: 12000000, allowed: 2000000."));
    }

    @Test
    void aStoreThatIsNotFreshYetIsAskedAgain() {
        String id = ask("ana", dataset("stale"));
        assertThat(ended("ana", id)).isEqualTo("succeeded");
        as("ana").get("/api/v1/exports/" + id).then().body("attempts", equalTo(2));
    }

    @Test
    void theCallersTokenBindsTheRead() {
        String token = ConsistencyToken.loaded(
                        1,
                        UUID.fromString(TrialUser.TENANT_A),
                        Map.of("ashlar.telemetry.v1", Map.of(3, 77L)),
                        Instant.now())
                .text();
        String id = post(
                        "ana",
                        "{\"source\":\"" + dataset("flights") + "\",\"format\":\"csv\",\"consistency_token\":\"" + token
                                + "\"}")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
        assertThat(ended("ana", id)).isEqualTo("succeeded");
        assertThat(Client.calls().lines().filter(call -> call.contains(token)))
                .singleElement()
                .satisfies(call -> assertThat(call)
                        .startsWith("POST /api/v1/stream")
                        .contains("consistency=session", "pool=job", "bearer=true"));
    }

    @Test
    void aRunningExportIsCancelled() {
        String id = ask("ana", dataset("slow"));
        await().atMost(Duration.ofSeconds(30))
                .until(() ->
                        as("ana").get("/api/v1/exports/" + id).path("state").equals("running"));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> as("ana").get("/api/v1/exports/" + id).<Integer>path("rows") > 0);
        as("ana")
                .get("/api/v1/exports/" + id + "/download")
                .then()
                .statusCode(409)
                .body("code", equalTo("export_not_ready"));
        as("ana")
                .post("/api/v1/exports/" + id + "/cancel")
                .then()
                .statusCode(202)
                .body("state", equalTo("running"));
        assertThat(ended("ana", id)).isEqualTo("cancelled");
        as("ana")
                .post("/api/v1/exports/" + id + "/cancel")
                .then()
                .statusCode(200)
                .body("state", equalTo("cancelled"));
    }

    @Test
    void anEndedExportIsNotCancelled() {
        String id = anotherExport();
        as("ana")
                .post("/api/v1/exports/" + id + "/cancel")
                .then()
                .statusCode(409)
                .body("code", equalTo("export_finished"));
    }

    @Test
    void theRunBelongsToTheRequestsTrace() {
        String trace = UUID.randomUUID().toString().replace("-", "");
        String id = as("ana")
                .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
                .contentType("application/json")
                .body("{\"source\":\"" + dataset("flights") + "\",\"format\":\"csv\"}")
                .post("/api/v1/exports")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
        assertThat(ended("ana", id)).isEqualTo("succeeded");
        List<String> calls =
                Client.calls().lines().filter(call -> call.contains(trace)).toList();
        assertThat(calls).anyMatch(call -> call.contains("/access/v1/evaluation"));
        assertThat(calls).filteredOn(call -> call.contains("/resolve")).hasSize(2);
        assertThat(calls).filteredOn(call -> call.contains("/api/v1/stream")).hasSize(1);
    }

    @Test
    void anotherTenantSeesNothing() {
        String id = anotherExport();
        for (String path : List.of("", "/download", "/receipt")) {
            as("bob").get("/api/v1/exports/" + id + path).then().statusCode(404).body("code", equalTo("not_found"));
        }
        as("bob").post("/api/v1/exports/" + id + "/cancel").then().statusCode(404);
        assertThat(as("bob").get("/api/v1/exports?limit=200").<List<String>>path("items.id"))
                .doesNotContain(id);
        assertThat(as("ana").get("/api/v1/exports?limit=200").<List<String>>path("items.id"))
                .contains(id);
    }

    @Test
    void theDownloadAsksForThePermissionAgain() {
        String id = anotherExport();
        Client.deny("export.read");
        try {
            as("ana")
                    .get("/api/v1/exports/" + id + "/download")
                    .then()
                    .statusCode(403)
                    .body("code", equalTo("forbidden"));
        } finally {
            Client.deny("");
        }
        as("ana").get("/api/v1/exports/" + id + "/download").then().statusCode(302);
    }

    @Test
    void theListIsPagedNewestFirstAndCursorsAreTheTenants() {
        for (int i = 0; i < 5; i++) {
            ask("bea", dataset("flights"));
        }
        Response first = as("bea").get("/api/v1/exports?limit=2");
        String cursor = first.path("next_cursor");
        List<String> seen = first.path("items.id");
        Response second = as("bea").queryParam("cursor", cursor).get("/api/v1/exports?limit=2");
        assertThat(second.<List<String>>path("items.id")).hasSize(2).doesNotContainAnyElementsOf(seen);
        as("ana")
                .queryParam("cursor", cursor)
                .get("/api/v1/exports")
                .then()
                .statusCode(400)
                .body("code", equalTo("cursor_invalid"));
        as("bea")
                .queryParam("cursor", cursor + "x")
                .get("/api/v1/exports")
                .then()
                .statusCode(400);
        as("bea")
                .get("/api/v1/exports?limit=0")
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("query:limit"));
    }

    @Test
    void documentsKeysAndHealthAreOpen() {
        given().get("/api/v1/receipts/jwks").then().statusCode(200).body("keys[0].crv", equalTo("Ed25519"));
        given().get("/q/openapi").then().statusCode(200).body(containsString("3.1"), containsString("/api/v1/exports"));
        given().redirects().follow(true).get("/q/swagger-ui").then().statusCode(200);
        as("ada").get("/api/v1/webhooks/secret").then().statusCode(200).body("secret", containsString("whsec_"));
        given().get("/api/v1/exports").then().statusCode(401).contentType(endsWith("problem+json"));
    }

    private static String anotherExport() {
        String id = ask("ana", dataset("flights"));
        assertThat(ended("ana", id)).isEqualTo("succeeded");
        return id;
    }

    private static URI link(String user, String id) {
        return URI.create(as(user).get("/api/v1/exports/" + id + "/download")
                .then()
                .statusCode(302)
                .extract()
                .header("Location"));
    }

    private static String receipt(String user, String id) {
        return as(user).get("/api/v1/exports/" + id + "/receipt")
                .then()
                .statusCode(200)
                .contentType("application/jose")
                .extract()
                .asString();
    }

    private static String keys() {
        return given().get("/api/v1/receipts/jwks").asString();
    }

    private static Receipt genuine(Path file, String receipt) throws IOException {
        return switch (ReceiptVerifier.verify(file, receipt, keys())) {
            case Verdict.Genuine genuine -> genuine.receipt();
            case Verdict.Different different -> throw new AssertionError(different.toString());
            case Verdict.Unreadable unreadable -> throw new AssertionError(unreadable.reason());
        };
    }
}
