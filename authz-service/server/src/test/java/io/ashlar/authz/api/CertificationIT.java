package io.ashlar.authz.api;

import static io.ashlar.authz.api.Certified.ACTIVE;
import static io.ashlar.authz.api.Certified.ALICE;
import static io.ashlar.authz.api.Certified.ARCHIVED;
import static io.ashlar.authz.api.Certified.BOB;
import static io.ashlar.authz.api.Certified.BOSS;
import static io.ashlar.authz.api.Certified.EVALUATION;
import static io.ashlar.authz.api.Certified.EVALUATIONS;
import static io.ashlar.authz.api.Certified.action;
import static io.ashlar.authz.api.Certified.question;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.ashlar.local.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cases of AuthZEN's public certification scenario: single evaluations and batches. Section numbers are the scenario's. */
@QuarkusTest
@QuarkusTestResource(
        value = StackResource.class,
        initArgs = {
            @ResourceArg(name = "service", value = "authz"),
            @ResourceArg(name = "servers", value = "CONTROL,KAFKA,REDIS,OIDC")
        })
class CertificationIT {

    private Certified pdp;

    @BeforeEach
    void setUp() {
        pdp = new Certified();
    }

    /** 1.4 and 2.2: the eight decisions that are prescribed, and that neither context nor unknown members change them. */
    @Test
    void decidesAsPrescribed() {
        assertThat(pdp.decides(ALICE, action("read"), ACTIVE)).isTrue();
        assertThat(pdp.decides(ALICE, action("write"), ACTIVE)).isTrue();
        assertThat(pdp.decides(BOB, action("read"), ACTIVE)).isTrue();
        assertThat(pdp.decides(BOB, action("write"), ACTIVE)).isFalse();
        assertThat(pdp.decides(ALICE, action("write"), ARCHIVED)).isFalse();
        assertThat(pdp.decides(BOSS, action("write"), ARCHIVED)).isTrue();
        assertThat(pdp.decides(ALICE, "{\"name\":\"delete\",\"properties\":{\"soft\":true}}", ACTIVE))
                .isTrue();
        assertThat(pdp.decides(ALICE, "{\"name\":\"delete\",\"properties\":{\"soft\":false}}", ACTIVE))
                .isFalse();
        String read = question(ALICE, action("read"), ACTIVE);
        for (String more : List.of(
                "\"context\":{\"time\":\"2025-06-27T18:03-07:00\",\"ip\":\"192.168.1.1\"}",
                "\"foo\":\"bar\",\"futureField\":{\"nested\":true}")) {
            pdp.ask(EVALUATION, read.replaceFirst("\\{", "{" + more + ","))
                    .statusCode(200)
                    .body("decision", equalTo(true));
        }
        assertThat(
                        pdp.decides(
                                "{\"type\":\"user\",\"id\":\"alice\",\"properties\":{\"department\":\"Sales\",\"role\":\"manager\"}}",
                                "{\"name\":\"read\",\"properties\":{\"method\":\"GET\"}}",
                                "{\"type\":\"record\",\"id\":\"record-1\",\"properties\":{\"status\":\"active\",\"owner\":\"bob\"}}"))
                .isTrue();
    }

    /** 2.4: what must be 400; the same bodies without evaluations are so for a batch. */
    @ParameterizedTest
    @ValueSource(strings = {EVALUATION, EVALUATIONS})
    void refusesWhatIsNoQuestion(String path) {
        String subject = "\"subject\":" + ALICE;
        String act = "\"action\":" + action("read");
        String resource = "\"resource\":" + ACTIVE;
        for (String body : List.of(
                "{" + act + "," + resource + "}",
                "{" + subject + "," + resource + "}",
                "{" + subject + "," + act + "}",
                "{\"subject\":{\"id\":\"alice\"}," + act + "," + resource + "}",
                "{\"subject\":{\"type\":\"user\"}," + act + "," + resource + "}",
                "{" + subject + ",\"action\":{}," + resource + "}",
                "{" + subject + "," + act + ",\"resource\":{\"id\":\"record-1\"}}",
                "{" + subject + "," + act + ",\"resource\":{\"type\":\"record\"}}",
                "{\"subject\":\"alice\"," + act + "," + resource + "}",
                "{" + subject + ",\"action\":{\"name\":123}," + resource + "}",
                "{" + subject + ",\"action\":[]," + resource + "}",
                "{" + subject + "," + act + "," + resource + ",\"context\":7}",
                "{" + subject,
                "[]",
                "null",
                " ",
                "{} {}")) {
            pdp.ask(path, body).statusCode(400).body("code", notNullValue());
        }
        for (String type : List.of("text/plain", "application/xml")) {
            Authz.in(pdp.tenant(), "ada")
                    .contentType(type)
                    .body(question(ALICE, action("read"), ACTIVE).getBytes(StandardCharsets.UTF_8))
                    .post(path)
                    .then()
                    .statusCode(400);
        }
        Authz.in(pdp.tenant(), "ada").post(path).then().statusCode(400);
    }

    /** 2.5 and 2.6: the request's id comes back, whatever it is; the same question has the same answer. */
    @Test
    void echoesAndRepeats() {
        String read = question(ALICE, action("read"), ACTIVE);
        for (String id : List.of("bfe9eb29-ab87-4ca3-be83-a1d5d8305716", "-an odd one/{1}", "q".repeat(300))) {
            for (String path : List.of(EVALUATION, EVALUATIONS)) {
                Authz.in(pdp.tenant(), "ada")
                        .header("X-Request-ID", id)
                        .body(read)
                        .post(path)
                        .then()
                        .statusCode(200)
                        .header("X-Request-ID", id)
                        .header("Content-Type", startsWith("application/json"))
                        .body("decision", equalTo(true));
            }
            Authz.in(pdp.tenant(), "ada")
                    .header("X-Request-ID", id)
                    .body("{}")
                    .post(EVALUATION)
                    .then()
                    .statusCode(400)
                    .header("X-Request-ID", id);
        }
        pdp.ask(EVALUATION, read).header("X-Request-ID", notNullValue());
    }

    /** 3.2: in order, with whole defaults from the top, and each question's own properties and context. */
    @Test
    void answersBatchesInOrder() {
        pdp.ask(EVALUATIONS, """
                {"subject":%s,"resource":%s,"evaluations":[{"action":{"name":"read"}},{"action":{"name":"write"}}]}
                """.formatted(BOB, ACTIVE))
                .statusCode(200)
                .body("decision", nullValue())
                .body("evaluations.decision", contains(true, false));
        pdp.ask(EVALUATIONS, """
                {"action":{"name":"write"},"resource":%s,"evaluations":[{"subject":%s},{"subject":%s}]}
                """.formatted(ARCHIVED, ALICE, BOSS))
                .statusCode(200)
                .body("evaluations.decision", contains(false, true));
        pdp.ask(
                        EVALUATIONS,
                        "{\"evaluations\":[" + question(ALICE, action("read"), ACTIVE) + ","
                                + question(BOB, action("write"), ACTIVE) + "]}")
                .statusCode(200)
                .body("evaluations.decision", contains(true, false));
        pdp.ask(EVALUATIONS, """
                {"subject":%s,"action":{"name":"write"},"resource":%s,"evaluations":[{},{"resource":%s}]}
                """.formatted(ALICE, ACTIVE, ARCHIVED))
                .statusCode(200)
                .body("evaluations.decision", contains(true, false));
        pdp.ask(EVALUATIONS, """
                {"subject":%s,"action":{"name":"read"},"context":{"time":"t"},
                 "evaluations":[{"resource":%s},{"resource":%s,"context":{"time":"u","source":"own"}}]}
                """.formatted(ALICE, ACTIVE, ARCHIVED))
                .statusCode(200)
                .body("evaluations.decision", contains(true, true));
    }

    /** 3.3 and 3.4: a question that is none is denied and says why; without questions the body is one. */
    @Test
    void aBrokenQuestionIsItsOwnDenial() {
        pdp.ask(EVALUATIONS, """
                {"subject":%s,"action":{"name":"read"},"options":{"evaluations_semantic":"execute_all","other":1},
                 "evaluations":[{"resource":%s},{},7,{"resource":{"type":"record","id":8}},{"resource":%s}]}
                """.formatted(ALICE, ACTIVE, ACTIVE))
                .statusCode(200)
                .body("evaluations.decision", contains(true, false, false, false, true))
                .body("evaluations[1].context.error.status", equalTo(400))
                .body("evaluations[1].context.error.errors.pointer", contains("/evaluations/1/resource"))
                .body("evaluations[2].context.error.errors.pointer", contains("/evaluations/2"))
                .body("evaluations[3].context.error.errors.pointer", contains("/evaluations/3/resource/id"));
        for (String none : List.of("", ",\"evaluations\":[]")) {
            pdp.ask(EVALUATIONS, """
                    {"subject":%s,"action":{"name":"read"},"resource":%s%s}
                    """.formatted(ALICE, ACTIVE, none))
                    .statusCode(200)
                    .body("decision", equalTo(true))
                    .body("evaluations", nullValue());
        }
    }

    /** The specification's two other semantics end with the answer that settles the matter. */
    @Test
    void stopsWhereTheSemanticSays() {
        String batch = """
                {"subject":%s,"resource":%s,"options":{"evaluations_semantic":"%s"},
                 "evaluations":[{"action":{"name":"%s"}},{"action":{"name":"%s"}},{"action":{"name":"read"}}]}
                """;
        pdp.ask(EVALUATIONS, batch.formatted(BOB, ACTIVE, "deny_on_first_deny", "read", "write"))
                .statusCode(200)
                .body("evaluations.decision", contains(true, false));
        pdp.ask(EVALUATIONS, batch.formatted(BOB, ACTIVE, "permit_on_first_permit", "write", "read"))
                .statusCode(200)
                .body("evaluations.decision", contains(false, true));
        pdp.ask(EVALUATIONS, batch.formatted(BOB, ACTIVE, "deny_on_first_deny", "read", ""))
                .statusCode(200)
                .body("evaluations.decision", contains(true, false));
        pdp.ask(EVALUATIONS, batch.formatted(BOB, ACTIVE, "deny_on_first_denial", "read", "read"))
                .statusCode(400)
                .body("errors.pointer", contains("/options/evaluations_semantic"))
                .body("errors[0].did_you_mean", equalTo("deny_on_first_deny"));
        pdp.ask(EVALUATIONS, """
                {"subject":"alice","action":{"name":"read"},"evaluations":[{"subject":%s,"resource":%s}]}
                """.formatted(ALICE, ACTIVE)).statusCode(400).body("errors.pointer", contains("/subject"));
        pdp.ask(EVALUATIONS, "{\"evaluations\":{}}").statusCode(400);
    }
}
