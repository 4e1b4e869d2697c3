package io.ashlar.authz.api;

import static io.restassured.RestAssured.given;

import io.ashlar.local.StackResource;
import io.ashlar.local.Tokens;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The service under test as the trial users see it. Each test makes tenants of its own; tokens are changed to fit. */
public final class Authz {

    public static final String ANA = "00000000-0000-4000-8000-000000000001";
    public static final String ADA = "00000000-0000-4000-8000-000000000003";

    private Authz() {}

    public static Tokens tokens() {
        return Tokens.of(StackResource.stack().endpoints());
    }

    /** A request with a token and a JSON body to come. */
    public static RequestSpecification as(String token) {
        return given().auth().oauth2(token).contentType(ContentType.JSON);
    }

    /** The operator. */
    public static RequestSpecification olga() {
        return as(tokens().user("olga"));
    }

    /** A trial user, moved into a tenant. */
    public static RequestSpecification in(UUID tenant, String user) {
        return as(token(tenant, user));
    }

    /** That user's token; everybody has a second factor, but for the tests of those who have not. */
    public static String token(UUID tenant, String user) {
        return tokens().changed(
                        user,
                        Map.of("tenant_id", tenant.toString(), "amr", List.of("pwd", "mfa")),
                        Duration.ofMinutes(10));
    }

    /** A service account that acts for a user. */
    public static RequestSpecification service(String client, UUID tenant, String subject) {
        return as(tokens().service(client)).header("Ashlar-On-Behalf-Of", tenant + "/" + subject);
    }

    /** A new tenant whose administrator is ada, with ana as a viewer. */
    public static UUID tenant() {
        UUID tenant = UUID.randomUUID();
        olga().body("{\"name\":\"Test\",\"first_admin\":\"" + ADA + "\"}")
                .put("/api/v1/tenants/" + tenant)
                .then()
                .statusCode(201);
        user(tenant, ANA, "{\"roles\":[\"viewer\"],\"attributes\":{\"home\":\"SFO\"}}")
                .then()
                .statusCode(201);
        return tenant;
    }

    public static Response user(UUID tenant, String subject, String body) {
        return in(tenant, "ada").body(body).put("/api/v1/users/" + subject);
    }

    public static Response policy(UUID tenant, String id, String cedar) {
        return in(tenant, "ada")
                .body("{\"cedar\":\"" + cedar.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}")
                .put("/api/v1/policies/" + id);
    }

    /** An evaluation's body. */
    public static String question(String subject, String action, String type, String id) {
        return """
                {"subject":{"type":"User","id":"%s"},"action":{"name":"%s"},"resource":{"type":"%s","id":"%s"}}
                """.formatted(subject, action, type, id);
    }

    /** Ana asks about herself. */
    public static boolean anaMay(UUID tenant, String action) {
        return in(tenant, "ana")
                .body(question(ANA, action, "Dataset", "flights"))
                .post("/access/v1/evaluation")
                .then()
                .statusCode(200)
                .extract()
                .path("decision");
    }
}
