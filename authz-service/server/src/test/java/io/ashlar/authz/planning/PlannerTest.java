package io.ashlar.authz.planning;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ashlar.cedar.CedarValue;
import io.ashlar.cedar.EntityUid;
import io.ashlar.cedar.Mode;
import io.ashlar.cedar.PolicySource;
import io.ashlar.filter.dsl.FilterJson;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The cases of {@code planning/cases.json}: Cedar text in, canonical filter JSON or places of refusal out. */
final class PlannerTest {

    private static final Set<EntityUid> ANCESTORS =
            Set.of(new EntityUid("User", "ana"), new EntityUid("Group", "ops"), new EntityUid("Role", "viewer"));

    static final Subject ANA = new Subject(
            new EntityUid("User", "ana"),
            Map.of(
                    "home",
                    new CedarValue.Text("SFO"),
                    "airports",
                    new CedarValue.SetOf(Set.of(new CedarValue.Text("SFO"), new CedarValue.Text("JFK")))),
            new EntityUid("Action", "read"),
            "Flight",
            Map.of("mfa", new CedarValue.Flag(true)),
            (child, ancestor) -> child.equals(ancestor)
                    || (child.equals(new EntityUid("User", "ana")) && ANCESTORS.contains(ancestor)));

    @TestFactory
    Stream<DynamicTest> cases() throws IOException {
        try (InputStream in = PlannerTest.class.getResourceAsStream("/planning/cases.json")) {
            List<DynamicTest> tests = new ArrayList<>();
            for (JsonNode example : JsonMapper.builder().build().readTree(Objects.requireNonNull(in))) {
                tests.add(DynamicTest.dynamicTest(example.path("name").asText(), () -> run(example)));
            }
            return tests.stream();
        }
    }

    private static void run(JsonNode example) {
        List<PolicyTree> policies = new ArrayList<>();
        for (JsonNode text : example.path("policies")) {
            policies.add(PolicyTree.of(new PolicySource("p" + policies.size(), text.asText())));
        }
        Mode mode = Mode.valueOf(example.path("mode").asText("STRICT"));
        switch (Planner.plan(ANA, policies, mode)) {
            case Planner.Rows rows ->
                assertThat(new FilterJson().write(rows.filter()))
                        .hasToString(example.path("filter").toString());
            case Planner.NotTranslatable refused -> {
                List<String> places = new ArrayList<>();
                example.path("refused").forEach(place -> places.add(place.asText()));
                assertThat(refused.faults())
                        .allSatisfy(fault -> assertThat(fault.code()).isEqualTo("policy_not_translatable"))
                        .extracting(fault -> fault.pointer())
                        .containsExactlyElementsOf(places);
            }
        }
    }
}
