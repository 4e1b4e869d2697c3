package io.ashlar.authz.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.ashlar.authz.journal.DecisionJournal;
import io.ashlar.local.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * An evaluation is answered on the event loop or, as any request, by a resource on a thread of its own: one that accepts an odd
 * list of types takes the second way. Both must say the same, whatever is asked.
 */
@QuarkusTest
@QuarkusTestResource(
        value = StackResource.class,
        initArgs = {
            @ResourceArg(name = "service", value = "authz"),
            @ResourceArg(name = "servers", value = "CONTROL,KAFKA,REDIS,OIDC")
        })
class LaneIT {

    private static final String PATH = "/access/v1/evaluation";
    /** What the lane leaves to the resource, which offers JSON. */
    private static final String ODD = "application/json, text/plain";

    private static final RestAssuredConfig AS_SAID = RestAssuredConfig.config()
            .encoderConfig(EncoderConfig.encoderConfig().appendDefaultContentCharsetToContentTypeIfUndefined(false));

    @Inject
    DecisionJournal journal;

    private static Stream<String> questions() {
        return Stream.of(
                Authz.question(Authz.ANA, "dataset.query", "Dataset", "flights"),
                Authz.question(Authz.ANA, "policy.write", "Dataset", "flights"),
                Authz.question(Authz.ANA, "blind", "Dataset", "flights"),
                Authz.question(Authz.ADA, "dataset.query", "Dataset", "flights"),
                Authz.question("nobody", "dataset.query", "Nothing", "\\u0000 \\ud83d\\ude00"),
                """
                {"subject":{"type":"User","id":"%s","properties":{"home":"JFK"}},"action":{"name":"dataset.query",
                 "properties":{"why":1}},"resource":{"type":"Row","id":"7","properties":{"n":1,"d":{"__extn":{"fn":"decimal",
                 "arg":"1.5"}}}},"context":{"amr":["pwd"],"deep":{"er":[true,false,null]}},"unknown":{}}
                """.formatted(Authz.ANA),
                """
                {"subject":{"type":"User","id":"%s"},"action":{"name":"publication.publish"},
                 "resource":{"type":"Tenant","id":"t"},"context":{"amr":["pwd"]}}
                """.formatted(Authz.ANA),
                "{\"subject\":{\"type\":\"Group\",\"id\":\"all\"},\"action\":{\"name\":7},\"resource\":{\"type\":\"no type\"}}",
                "{\"subject\":{},\"subject\":{}}",
                "{\"subject\":",
                "[]",
                "{}",
                "7",
                "null",
                "{} {}",
                "\u00ff\u00fe",
                "{\"subject\":" + "[".repeat(200) + "]".repeat(200) + "}");
    }

    private static RequestSpecification request(String token) {
        return given().config(AS_SAID).auth().oauth2(token).contentType("application/json");
    }

    /** The answer without what differs by nature. */
    private static Object said(Response response) {
        Map<String, Object> body = response.jsonPath().getMap("$");
        body.remove("request_id");
        return List.of(response.statusCode(), String.valueOf(response.getHeader("Retry-After")), body);
    }

    @Test
    void bothWaysSayTheSame() {
        UUID tenant = Authz.tenant();
        Authz.policy(
                        tenant,
                        "blind",
                        "forbid(principal, action == Action::\"blind\", resource) when { resource.gone };")
                .then()
                .statusCode(201);
        for (String token : List.of(
                Authz.token(tenant, "ana"),
                Authz.token(tenant, "ada"),
                Authz.token(UUID.randomUUID(), "ana"),
                Authz.tokens().user("olga"))) {
            questions().forEach(question -> {
                Object usual = said(request(token).accept(ODD).body(question).post(PATH));
                assertThat(said(request(token).body(question).post(PATH)))
                        .as(question)
                        .isEqualTo(usual);
            });
        }
        assertThat(journal.state().refused()).isZero();
    }

    @Test
    void aServiceAsksForAUserOnBothWays() {
        UUID tenant = Authz.tenant();
        String service = Authz.tokens().service("ashlar-filter");
        for (String subject : List.of(Authz.ANA, Authz.ADA, "nobody")) {
            questions().forEach(question -> {
                String header = tenant + "/" + subject;
                Object usual = said(request(service)
                        .header("Ashlar-On-Behalf-Of", header)
                        .accept(ODD)
                        .body(question)
                        .post(PATH));
                assertThat(said(request(service)
                                .header("Ashlar-On-Behalf-Of", header)
                                .body(question)
                                .post(PATH)))
                        .as(question)
                        .isEqualTo(usual);
            });
        }
    }
}
