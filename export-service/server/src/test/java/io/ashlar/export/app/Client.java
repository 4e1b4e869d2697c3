package io.ashlar.export.app;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import io.ashlar.local.StackResource;
import io.ashlar.local.Tokens;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;

/** What the tests do over HTTP. */
public final class Client {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private Client() {}

    public static Tokens tokens() {
        return Tokens.of(StackResource.stack().endpoints());
    }

    /** A request with the trial user's token. */
    public static RequestSpecification as(String user) {
        return given().auth().oauth2(tokens().user(user)).redirects().follow(false);
    }

    /** A data set's name that nobody else uses. */
    public static String dataset(String kind) {
        return kind + "-" + UUID.randomUUID();
    }

    public static Response post(String user, String body) {
        return as(user).contentType("application/json").body(body).post("/api/v1/exports");
    }

    /** Asks for all of a data set; the export's id. */
    public static String ask(String user, String dataset) {
        return post(user, "{\"source\":\"" + dataset + "\",\"format\":\"csv\"}")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
    }

    /** Waits until an export has ended; its state. */
    public static String ended(String user, String id) {
        return await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> as(user).get("/api/v1/exports/" + id)
                                .then()
                                .statusCode(200)
                                .extract()
                                .path("state"),
                        state -> !state.equals("queued") && !state.equals("running"));
    }

    /** The last calls that the peers have got. */
    public static String calls() {
        return given().get(peers() + "/calls").asString();
    }

    /** From now on authz denies what names this action; empty: nothing. */
    public static void deny(String action) {
        given().body(action).post(peers() + "/deny").then().statusCode(200);
    }

    /** A plain GET without a token. */
    public static HttpResponse<byte[]> fetch(URI link) {
        try {
            return HTTP.send(HttpRequest.newBuilder(link).build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String peers() {
        return ConfigProvider.getConfig().getValue("test.peers", String.class);
    }
}
