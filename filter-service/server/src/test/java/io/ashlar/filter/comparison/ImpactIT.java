package io.ashlar.filter.comparison;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import io.ashlar.filter.impact.ImpactResult;
import io.ashlar.filter.impact.ImpactVerifier;
import io.ashlar.filter.impact.ImpactVerifier.Verified;
import io.ashlar.filter.peer.PeerResource;
import io.ashlar.filter.peer.Trial;
import io.ashlar.local.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two plans on 200 flights: who gains and who loses how many, signed. */
@QuarkusTest
@QuarkusTestResource(
        value = StackResource.class,
        initArgs = {
            @ResourceArg(name = "service", value = "filter"),
            @ResourceArg(name = "servers", value = "CONTROL,REDIS,OIDC")
        })
@QuarkusTestResource(PeerResource.class)
final class ImpactIT {

    private static final String DATASET = "compared";
    private static final String FROM_ORD = "{\"field\": \"departure.airport\", \"op\": \"eq\", \"value\": \"ORD\"}";
    /** Complements and absent values included. */
    private static final String NOT_EARLY = "{\"not\": {\"field\": \"delay\", \"op\": \"lte\", \"value\": 100}}";

    @BeforeEach
    void declared() {
        Trial.script("{}");
        Trial.declare("ed", DATASET);
    }

    @Test
    void whoGainsAndWhoLosesIsCountedExactly() {
        Response answer = impact("""
                {"subjects": [
                   {"subject": "ben", "before": %s, "after": %s},
                   {"subject": "cy", "before": %s, "after": %s}], "sample": 3}
                """.formatted(plan(FROM_ORD), plan(NOT_EARLY), plan(NOT_EARLY), plan(NOT_EARLY)))
                .statusCode(200)
                // Of 50 from ORD 25 are later than 100; of the 100 later ones 75 are not from ORD.
                .body("result.subjects[0].gained.rows", equalTo(75))
                .body("result.subjects[0].lost.rows", equalTo(25))
                .body("result.subjects[0].gained.sample", hasSize(3))
                .body("result.subjects[0].gained.sample[0].id", equalTo("flight:0101"))
                .body("result.subjects[1].gained.rows", equalTo(0))
                .body("result.subjects[1].lost.rows", equalTo(0))
                .extract()
                .response();
        assertThat(answer.<String>path("result.subjects[1].before"))
                .isEqualTo(answer.path("result.subjects[1].after"))
                .isNotEqualTo(answer.path("result.subjects[0].before"));
        // The second subject's plans are one: nothing is asked.
        assertThat(Trial.asked("/router/api/v1/count")).hasSize(2);
    }

    @Test
    void theResultIsSignedAndVerifiesByThePublishedKeys() {
        String jws =
                impact(body(plan(FROM_ORD), all())).statusCode(200).extract().path("impact");
        String jwks = given().get("/api/v1/impact/jwks")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        Verified verified = new ImpactVerifier(jwks).verify(jws);
        assertThat(verified).isInstanceOf(Verified.Genuine.class);
        ImpactResult result = ((Verified.Genuine) verified).result();
        assertThat(result.tenant()).hasToString(Trial.TENANT_A);
        assertThat(result.dataset()).isEqualTo(DATASET);
        assertThat(result.askedBy()).isEqualTo(Trial.ANA);
        assertThat(result.asOf()).startsWith("v1.");
        assertThat(result.gains()).isTrue();
        assertThat(result.loses()).isFalse();
        assertThat(result.subjects().getFirst().gained().rows()).isEqualTo(150);
        assertThat(jwks).doesNotContain("\"d\"");
    }

    @Test
    void withoutABeforeThePoliciesOfNowAreAsked() {
        Trial.script("{\"plan\": " + plan(FROM_ORD) + "}");
        impact("{\"subjects\": [{\"subject\": \"ben\", \"after\": " + all() + "}]}")
                .statusCode(200)
                .body("result.subjects[0].gained.rows", equalTo(150));
        List<JsonNode> asked = Trial.asked("/authz/api/v1/plan");
        assertThat(asked).hasSize(2);
        assertThat(asked.get(1).at("/headers/Ashlar-on-behalf-of").textValue()).isEqualTo(Trial.TENANT_A + "/ben");
    }

    @Test
    void bothPlansOfADraftAreAuthzs() {
        Trial.script("{\"draft\": {\"before\": " + plan(FROM_ORD) + ", \"after\": " + all() + "}}");
        impact("{\"draft\": \"late\", \"subjects\": [{\"subject\": \"ben\"}]}")
                .statusCode(200)
                .body("result.subjects[0].gained.rows", equalTo(150))
                .body("result.subjects[0].decides.before", startsWith("sha256:"))
                .body("result.question.action", equalTo("read"))
                .body("result.question.resource_type", equalTo("Flight"))
                .body("result.question.fields.path", hasItem("departure.airport"));
        JsonNode asked = Trial.asked("/authz/api/v1/policy-drafts/late/plan").getFirst();
        assertThat(asked.at("/headers/Ashlar-on-behalf-of").textValue()).isEqualTo(Trial.TENANT_A + "/" + Trial.ANA);
        assertThat(asked.at("/body/subject/id").textValue()).isEqualTo("ben");
        assertThat(asked.at("/body/fields")).hasSize(6);
    }

    @Test
    void aDraftThatAuthzDoesNotShowIsItsRefusal() {
        String body = "{\"draft\": \"late\", \"subjects\": [{\"subject\": \"ben\"}]}";
        for (var refusal : Map.of(
                        403, "forbidden", 404, "not_found", 422, "plan_unmappable", 503, "dependency_unavailable")
                .entrySet()) {
            Trial.script("{\"draft\": {\"problem\": " + refusal.getKey() + ", \"code\": \"x\"}}");
            impact(body).statusCode(refusal.getKey()).body("code", equalTo(refusal.getValue()));
        }
        impact("{\"draft\": \"../late\", \"subjects\": [{\"subject\": \"ben\", \"after\": " + all() + "}]}")
                .statusCode(400)
                .body("errors.pointer", hasItem("/draft"))
                .body("errors.pointer", hasItem("/subjects/0/after"));
        assertThat(Trial.asked("/router/api/v1/count")).isEmpty();
    }

    @Test
    void nothingAndEverythingAreEachOthersComplement() {
        impact(body(none(), all()))
                .statusCode(200)
                .body("result.subjects[0].gained.rows", equalTo(200))
                .body("result.subjects[0].gained.fields", hasSize(6))
                .body("result.subjects[0].lost.rows", equalTo(0));
        impact(body(all(), none())).statusCode(200).body("result.subjects[0].lost.rows", equalTo(200));
    }

    @Test
    void valuesThatAreMaskedOnOneSideAreNamed() {
        String masked = all().replace("\"masked\": []", "\"masked\": [\"distance\"]");
        impact(body(all(), masked))
                .statusCode(200)
                .body("result.subjects[0].lost.rows", equalTo(0))
                .body("result.subjects[0].lost.fields", contains("distance"))
                .body("result.subjects[0].gained.fields", hasSize(0));
    }

    @Test
    void examplesAreOfRowsThatTheAskerMayRead() {
        Trial.script("{\"plan\": " + plan("{\"field\": \"region\", \"op\": \"eq\", \"value\": \"east\"}") + "}");
        impact(body(none(), plan(FROM_ORD)))
                .statusCode(200)
                .body("result.subjects[0].gained.rows", equalTo(50))
                .body("result.subjects[0].gained.sample", hasSize(10));
        impact(body(none(), plan("{\"field\": \"region\", \"op\": \"eq\", \"value\": \"west\"}")))
                .statusCode(200)
                .body("result.subjects[0].gained.rows", equalTo(100))
                .body("result.subjects[0].gained.sample", hasSize(0));
        Trial.script("{\"plan\": " + all().replace("\"masked\": []", "\"masked\": [\"id\"]") + "}");
        impact(body(none(), all())).statusCode(200).body("result.subjects[0].gained.sample", hasSize(0));
    }

    @Test
    void eachCountIsNoOlderThanTheOneBefore() {
        impact(body(plan(FROM_ORD), plan(NOT_EARLY))).statusCode(200);
        JsonNode first = Trial.asked("/router/api/v1/count").get(0);
        JsonNode second = Trial.asked("/router/api/v1/count").get(1);
        assertThat(first.at("/headers/Ashlar-consistency").textValue()).isNotEqualTo("session");
        assertThat(second.at("/headers/Ashlar-consistency").textValue()).isEqualTo("session");
    }

    @Test
    void itIsNotForEverybody() {
        Trial.script("{\"deny\": [\"dataset.impact\"]}");
        impact(body(none(), all())).statusCode(403);
        given().contentType("application/json").body("{}").post(path()).then().statusCode(401);
    }

    @Test
    void whatIsAskedWronglyIsSaidAllAtOnce() {
        impact("{\"subjects\": [{\"subject\": \"\", \"after\": {\"decision\": \"MAYBE\"}, \"x\": 1}, 7,"
                        + " {\"subject\": \"a\", \"after\": " + all() + "}, {\"subject\": \"a\", \"after\": " + all()
                        + "}],"
                        + " \"sample\": 1000, \"more\": 1}")
                .statusCode(400)
                .body("errors.pointer", hasItem("/subjects/0/subject"))
                .body("errors.pointer", hasItem("/subjects/0/after/decision"))
                .body("errors.pointer", hasItem("/subjects/0/x"))
                .body("errors.pointer", hasItem("/subjects/1"))
                .body("errors.pointer", hasItem("/subjects/3/subject"))
                .body("errors.pointer", hasItem("/sample"))
                .body("errors.pointer", hasItem("/more"));
        impact("{\"subjects\": []}").statusCode(400);
        impact("{}").statusCode(400);
        impact("[]").statusCode(400);
        impact(body(all(), plan("{\"field\": \"carrier.country\", \"op\": \"eq\", \"value\": \"US\"}")))
                .statusCode(422)
                .body("code", equalTo("plan_unmappable"));
        StringBuilder many = new StringBuilder("{\"subjects\": [");
        for (int i = 0; i < 21; i++) {
            many.append(i == 0 ? "" : ",")
                    .append("{\"subject\": \"s")
                    .append(i)
                    .append("\", \"after\": ")
                    .append(all())
                    .append('}');
        }
        impact(many.append("]}").toString()).statusCode(400);
        assertThat(Trial.asked("/router/api/v1/count")).isEmpty();
    }

    private static String body(String before, String after) {
        return "{\"subjects\": [{\"subject\": \"ben\", \"before\": " + before + ", \"after\": " + after + "}]}";
    }

    private static String plan(String filter) {
        return "{\"decision\": \"FILTER\", \"filter\": " + filter
                + ", \"masked\": [], \"policy_version\": 7, \"revision\": 12}";
    }

    private static String all() {
        return "{\"decision\": \"ALL\", \"masked\": [], \"policy_version\": 7, \"revision\": 12}";
    }

    private static String none() {
        return "{\"decision\": \"NONE\", \"masked\": [], \"policy_version\": 7, \"revision\": 12}";
    }

    private static ValidatableResponse impact(String body) {
        return Trial.as("ana").body(body).post(path()).then();
    }

    private static String path() {
        return "/api/v1/datasets/" + DATASET + "/impact";
    }
}
