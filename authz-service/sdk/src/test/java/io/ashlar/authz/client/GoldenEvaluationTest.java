package io.ashlar.authz.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ashlar.authz.call.WireJson;
import io.ashlar.authz.client.Decision.Outcome;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.filter.dsl.Parsed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoldenEvaluationTest {

    private static final Decision ALLOWED = new Decision(Outcome.ALLOW, 7, 12, List.of("p1"), List.of());

    @Test
    void theQuestionIsWrittenAndReadAsItAlwaysWas() throws IOException {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("owner", "ed");
        facts.put("size", 3L);
        Evaluation evaluation = new Evaluation(
                EntityRef.user("ana"),
                "dataset.query",
                new EntityRef("Dataset", "flights", facts),
                Map.of("mfa", true));
        String golden = golden("evaluation-request.json");
        assertThat(WireJson.mapper().writeValueAsString(EvaluationJson.write(evaluation)) + "\n")
                .isEqualTo(golden);
        assertThat(EvaluationJson.readRequest(WireJson.mapper().readTree(golden)))
                .isEqualTo(Parsed.ok(evaluation));
    }

    @Test
    void whatIsRecordedOfAQuestionIsAsItAlwaysWasAndGivesItBack() throws IOException {
        JsonNode question = WireJson.mapper().readTree("""
                {"subject":{"type":"Robot","id":"r2","properties":{"model":"d2"}},"action":{"name":"read"},
                 "resource":{"type":"Doc","id":"1","properties":{"owner":"ed"}},"context":{"mfa":true}}""");
        String golden = golden("recorded-inputs.json");
        assertThat(WireJson.mapper().writeValueAsString(RecordedInputs.of(question)) + "\n")
                .isEqualTo(golden);
        assertThat((JsonNode) RecordedInputs.question(WireJson.mapper().readTree(golden), "read", "Doc", "1"))
                .isEqualTo(question);
    }

    @Test
    void theAnswerIsWrittenAndReadAsItAlwaysWas() throws IOException {
        String golden = golden("evaluation-answer.json");
        assertThat(WireJson.mapper().writeValueAsString(EvaluationJson.write(ALLOWED)) + "\n")
                .isEqualTo(golden);
        assertThat(EvaluationJson.readDecision(WireJson.mapper().readTree(golden)))
                .isEqualTo(ALLOWED);
    }

    @Test
    void aDenialThatSigningInAnewWouldTurnIsWrittenAndReadAsItAlwaysWas() throws IOException {
        Decision denied = new Decision(Outcome.DENY, 7, 12, List.of("default-mfa"), List.of(), List.of("hwk", "mfa"));
        String golden = golden("evaluation-step-up.json");
        assertThat(WireJson.mapper().writeValueAsString(EvaluationJson.write(denied)) + "\n")
                .isEqualTo(golden);
        assertThat(EvaluationJson.readDecision(WireJson.mapper().readTree(golden)))
                .isEqualTo(denied);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{\"decision\":\"true\"}", "{\"decision\":1}", "{\"decision\":null}", "[true]", "\"true\""
            })
    void onlyTrueAllows(String answer) throws IOException {
        assertThat(EvaluationJson.readDecision(WireJson.mapper().readTree(answer))
                        .allowed())
                .isFalse();
    }

    @Test
    void allFaultsOfAQuestionAreNamed() throws IOException {
        JsonNode question = WireJson.mapper()
                .readTree(
                        "{\"subject\":{\"type\":\"\",\"id\":1,\"extra\":2},\"resource\":[],\"context\":{\"x\":null}}");
        Parsed<Evaluation> read = EvaluationJson.readRequest(question);
        assertThat(read).isInstanceOfSatisfying(Parsed.Faulty.class, faulty -> assertThat(
                        ((Parsed.Faulty<?>) faulty).faults())
                .extracting(Fault::pointer)
                .contains("/subject/type", "/subject/id", "/subject/extra", "/action/name", "/resource", "/context/x"));
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = GoldenEvaluationTest.class.getResourceAsStream("/golden/" + name)) {
            assertThat(in).as(name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
