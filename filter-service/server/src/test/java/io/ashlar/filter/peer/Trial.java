package io.ashlar.filter.peer;

import static io.restassured.RestAssured.given;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ashlar.local.StackResource;
import io.ashlar.local.Tokens;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;

/** What the integration tests of this module share: tokens, the peers' script, a declared dataset. */
public final class Trial {

    public static final String TENANT_A = "11111111-1111-4111-8111-111111111111";
    public static final String ANA = "00000000-0000-4000-8000-000000000001";

    /** The trial table as a dataset; {@code distance} is sensitive, {@code region} unknown to clients' examples. */
    public static final String FLIGHTS = """
            {"relation": "trial.flights", "tenant_column": "tenant_id", "key": ["id"], "cedar_type": "Flight",
             "fields": [
               {"name": "id", "type": "string", "source": {"column": "id"}, "nullable": false},
               {"name": "origin", "type": "string", "source": {"column": "origin"}, "cedar_attribute": "departure.airport"},
               {"name": "region", "type": "string", "source": {"column": "region"}},
               {"name": "delay", "type": "int64", "source": {"column": "delay"}},
               {"name": "distance", "type": "int64", "source": {"column": "distance"}, "sensitivity": "commercial"},
               {"name": "date", "type": "timestamp", "source": {"column": "flown_at"}}]}
            """;

    public static final String EVERYTHING = "{}";

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Trial() {}

    public static RequestSpecification as(String user) {
        return given().auth().oauth2(tokens().user(user)).contentType(ContentType.JSON);
    }

    public static RequestSpecification service(String clientId) {
        return given().auth().oauth2(tokens().service(clientId)).contentType(ContentType.JSON);
    }

    public static Tokens tokens() {
        return Tokens.of(StackResource.stack().endpoints());
    }

    /** Declares the flights under a name of the test's own. */
    public static void declare(String user, String name) {
        int status = as(user).body(FLIGHTS)
                .put("/api/v1/datasets/" + name)
                .then()
                .extract()
                .statusCode();
        if (status != 201 && status != 200) {
            throw new AssertionError("declaring " + name + " was answered " + status);
        }
    }

    /** Tells the peers what to answer, and forgets what they were asked. */
    public static void script(String json) {
        control("PUT", json);
    }

    /** What the peers were asked since, for one path. */
    public static List<JsonNode> asked(String path) {
        List<JsonNode> found = new ArrayList<>();
        control("GET", "").forEach(call -> {
            if (call.path("path").textValue().equals(path)) {
                found.add(call);
            }
        });
        return found;
    }

    private static JsonNode control(String method, String body) {
        String router = ConfigProvider.getConfig().getValue("ashlar.filter.peers.router", String.class);
        HttpRequest request = HttpRequest.newBuilder(URI.create(router).resolve("/control"))
                .method(method, BodyPublishers.ofString(body))
                .build();
        try {
            return JSON.readTree(HTTP.send(request, BodyHandlers.ofString()).body());
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
