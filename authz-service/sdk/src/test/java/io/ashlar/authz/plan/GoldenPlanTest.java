package io.ashlar.authz.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ashlar.authz.call.WireJson;
import io.ashlar.authz.client.EntityRef;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.filter.dsl.FieldType;
import io.ashlar.filter.dsl.Filter;
import io.ashlar.filter.dsl.Literal;
import io.ashlar.filter.dsl.Op;
import io.ashlar.filter.dsl.Operand;
import io.ashlar.filter.dsl.Parsed;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoldenPlanTest {

    private static final Plan MATCHING = new Plan.Matching(
            new Filter.And(List.of(
                    new Filter.Condition(
                            "origin",
                            Op.IN,
                            new Operand.Many(List.of(new Literal.Text("ATL"), new Literal.Text("ORD")))),
                    new Filter.Condition(
                            "delay", Op.GTE, new Operand.One(new Literal.Number(BigDecimal.valueOf(60)))))),
            List.of("distance", "crew.name"),
            7,
            12);
    private static final Plan ALL = new Plan.All(List.of(), 7, 12);
    private static final Plan NONE = new Plan.None(List.of("distance"), 7, 12);
    private static final PlanRequest REQUEST = new PlanRequest(
            EntityRef.user("ana"),
            "read",
            "Flight",
            List.of(new PlanField("delay", "public"), new PlanField("distance", "internal")),
            Map.of("mfa", true));

    @Test
    void answersAreWrittenAndReadAsTheyAlwaysWere() throws IOException {
        frozen("plan-filter.json", MATCHING);
        frozen("plan-all.json", ALL);
        frozen("plan-none.json", NONE);
    }

    @Test
    void requestsAreWrittenAndReadAsTheyAlwaysWere() throws IOException {
        String golden = golden("plan-request.json");
        assertThat(WireJson.mapper().writeValueAsString(PlanJson.write(REQUEST)) + "\n")
                .isEqualTo(golden);
        assertThat(PlanJson.readRequest(WireJson.mapper().readTree(golden))).isEqualTo(Parsed.ok(REQUEST));
    }

    /** Said of each field if the caller knows it; a server that does not know these keys passes over them. */
    @Test
    void whatFieldsHoldIsWrittenAndReadAsItAlwaysWas() throws IOException {
        PlanRequest typed = new PlanRequest(
                EntityRef.user("ana"),
                "read",
                "Flight",
                List.of(
                        new PlanField("number", "public", FieldType.STRING).asId(),
                        new PlanField("delay", "internal", FieldType.INT64),
                        new PlanField("crew", "public", FieldType.STRINGS, "User", null),
                        new PlanField("carrier", "public", FieldType.STRING, "Carrier", PlanField.Role.PARENT)),
                Map.of());
        String golden = golden("plan-request-typed.json");
        assertThat(WireJson.mapper().writeValueAsString(PlanJson.write(typed)) + "\n")
                .isEqualTo(golden);
        assertThat(PlanJson.readRequest(WireJson.mapper().readTree(golden))).isEqualTo(Parsed.ok(typed));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"path\":\"x\",\"type\":\"number\"}",
                "{\"path\":\"x\",\"type\":1}",
                "{\"path\":\"x\",\"type\":\"string\",\"role\":\"child\"}",
                "{\"path\":\"x\",\"type\":\"string\",\"role\":\"parent\"}",
                "{\"path\":\"x\",\"type\":\"date\",\"role\":\"id\"}",
                "{\"path\":\"x\",\"type\":\"bool\",\"entity\":\"User\"}",
                "{\"path\":\"x\",\"entity\":\"User\"}"
            })
    void aFieldThatCannotBeSoIsAFault(String field) throws IOException {
        List<Fault> faults = new ArrayList<>();
        PlanJson.field(WireJson.mapper().readTree(field), "/fields/0", faults);
        assertThat(faults).singleElement().satisfies(fault -> assertThat(fault.pointer())
                .startsWith("/fields/0"));
    }

    @Test
    void allFaultsOfARequestAreNamed() throws IOException {
        JsonNode request = WireJson.mapper()
                .readTree("{\"subject\":{\"type\":\"User\"},\"action\":{},\"resource\":{\"type\":1},"
                        + "\"fields\":[{\"pat\":\"x\"}],\"context\":{\"a\":null},\"extra\":1}");
        Parsed<PlanRequest> read = PlanJson.readRequest(request);
        assertThat(read).isInstanceOfSatisfying(Parsed.Faulty.class, faulty -> assertThat(
                        ((Parsed.Faulty<?>) faulty).faults())
                .extracting(Fault::pointer)
                .contains("/subject/id", "/action/name", "/resource/type", "/fields/0/path", "/context/a", "/extra"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"decision\":\"ALL\"}",
                "{\"decision\":\"all\",\"masked\":[],\"policy_version\":1,\"revision\":1}",
                "{\"decision\":\"FILTER\",\"masked\":[],\"policy_version\":1,\"revision\":1}",
                "{\"decision\":\"FILTER\",\"filter\":null,\"masked\":[],\"policy_version\":1,\"revision\":1}",
                "{\"decision\":\"FILTER\",\"filter\":{\"field\":\"x\"},\"masked\":[],\"policy_version\":1,\"revision\":1}",
                "{\"decision\":\"ALL\",\"masked\":\"none\",\"policy_version\":1,\"revision\":1}",
                "{\"decision\":\"ALL\",\"masked\":[],\"policy_version\":\"1\",\"revision\":1}"
            })
    void aDoubtfulAnswerIsNoPlan(String answer) throws IOException {
        assertThat(PlanJson.read(WireJson.mapper().readTree(answer))).isInstanceOf(Parsed.Faulty.class);
    }

    @Test
    void aPlanMayBeLargerThanAClientsFilter() throws IOException {
        List<Literal> folders = IntStream.range(0, 3_000)
                .<Literal>mapToObj(i -> new Literal.Text("folder-" + i))
                .toList();
        Plan plan =
                new Plan.Matching(new Filter.Condition("folder", Op.IN, new Operand.Many(folders)), List.of(), 1, 1);
        JsonNode wire = WireJson.mapper().readTree(WireJson.mapper().writeValueAsBytes(PlanJson.write(plan)));
        assertThat(PlanJson.read(wire)).isEqualTo(Parsed.ok(plan));
    }

    private static void frozen(String name, Plan plan) throws IOException {
        String golden = golden(name);
        assertThat(WireJson.mapper().writeValueAsString(PlanJson.write(plan)) + "\n")
                .isEqualTo(golden);
        assertThat(PlanJson.read(WireJson.mapper().readTree(golden))).isEqualTo(Parsed.ok(plan));
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = GoldenPlanTest.class.getResourceAsStream("/golden/" + name)) {
            assertThat(in).as(name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
