package io.ashlar.authz.planning;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ashlar.cedar.EntityUid;
import io.ashlar.cedar.Mode;
import io.ashlar.cedar.PolicySource;
import io.ashlar.cedar.syntax.Place;
import io.ashlar.cedar.value.Datetime;
import io.ashlar.cedar.value.EntityFacts;
import io.ashlar.cedar.value.EntityStore;
import io.ashlar.cedar.value.Value;
import io.ashlar.filter.dsl.Fault;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The cases of {@code planning/cases.json}: Cedar text in, canonical filter JSON or the place of refusal out. Rows are
 * {@link Things}; a case with {@code "untyped": true} declares nothing of them.
 */
final class PlannerTest {

    private static final EntityUid ANA = new EntityUid("User", "ana");
    private static final EntityUid OPS = new EntityUid("Group", "ops");
    private static final EntityUid VIEWER = new EntityUid("Role", "viewer");
    private static final EntityStore PRINCIPALS = EntityStore.of(List.of(
            new EntityFacts(
                    ANA,
                    Map.of(
                            "home",
                            new Value.Text("SFO"),
                            "airports",
                            new Value.SetOf(Set.of(new Value.Text("SFO"), new Value.Text("JFK"))),
                            "place",
                            new Value.Fields(Map.of("city", new Value.Text("Rome")))),
                    Map.of(),
                    Set.of(OPS)),
            new EntityFacts(new EntityUid("User", "bob"), Map.of(), Map.of(), Set.of(OPS)),
            new EntityFacts(OPS, Map.of(), Map.of(), Set.of(VIEWER)),
            new EntityFacts(VIEWER, Map.of(), Map.of(), Set.of())));
    private static final Value.Fields CONTEXT =
            new Value.Fields(Map.of("mfa", Value.Flag.TRUE, "now", Datetime.parse("2024-03-01T12:00:00Z")));

    private static Subject subject(RowType rows) {
        return new Subject(ANA, new EntityUid("Action", "read"), CONTEXT, PRINCIPALS, rows);
    }

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
        for (JsonNode condition : example.path("when")) {
            String text = "permit(principal, action, resource) when { " + condition.asText() + " };";
            policies.add(PolicyTree.of(new PolicySource("p" + policies.size(), text)));
        }
        Mode mode = Mode.valueOf(example.path("mode").asText("STRICT"));
        RowType rows = example.path("untyped").asBoolean() ? RowType.of(Things.TYPE, List.of()) : Things.rowType();
        switch (Planner.plan(subject(rows), policies, mode)) {
            case Planner.Rows planned ->
                assertThat(new FilterJson().write(planned.filter()))
                        .hasToString(example.path("filter").toString());
            case Planner.NotTranslatable refused -> refused(example, policies, refused.faults());
        }
    }

    /** Each fault names its policy, and where in its text what cannot be translated begins. */
    private static void refused(JsonNode example, List<PolicyTree> policies, List<Fault> faults) {
        assertThat(faults).as(faults.toString()).hasSize(example.path("refused").size());
        for (int i = 0; i < faults.size(); i++) {
            JsonNode expected = example.path("refused").get(i);
            PolicyTree policy = policies.get(expected.path("policy").asInt());
            int offset = policy.text().indexOf(expected.path("at").asText());
            assertThat(offset).isNotNegative();
            assertThat(faults.get(i).code()).isEqualTo("policy_not_translatable");
            assertThat(faults.get(i).pointer()).isEqualTo("/policies/" + policy.id());
            assertThat(faults.get(i).detail())
                    .startsWith("policy " + policy.id() + ", line 1, column " + (offset + 1) + " (offset " + offset
                            + "): ");
        }
    }

    @Test
    void aPlaceIsWherePeopleCountIt() {
        PolicyTree policy = PolicyTree.of(new PolicySource("odd", """
                permit(principal, action, resource)
                when { principal.home == "é" ||
                       resource.s like "*a*b*" };
                """));
        assertThat(Planner.plan(subject(Things.rowType()), List.of(policy), Mode.STRICT))
                .isInstanceOfSatisfying(Planner.NotTranslatable.class, refused -> assertThat(
                                refused.faults().getFirst().detail())
                        .startsWith("policy odd, line 3, column 8 (offset 75): "));
        assertThat(policy.text().substring(75)).startsWith("resource.s like");
        assertThat(new Place(3, 8, 75)).hasToString("line 3, column 8");
    }

    @Test
    void aPlanThatWouldGrowWithoutEndIsRefused() {
        String condition = "resource.s == \"a\"";
        for (int i = 0; i < 40; i++) {
            condition = "((" + condition + " && resource.n > " + i + ") || resource.b)";
        }
        PolicyTree policy =
                PolicyTree.of(new PolicySource("p", "permit(principal, action, resource) when { " + condition + " };"));
        assertThat(Planner.plan(subject(Things.rowType()), List.of(policy), Mode.STRICT))
                .isInstanceOf(Planner.NotTranslatable.class);
    }

    @Test
    void aSetOfChoicesIsNotMadeOutWithoutEnd() {
        String choices = "if resource.b then 1 else 2, ".repeat(40);
        PolicyTree policy = PolicyTree.of(new PolicySource(
                "p", "permit(principal, action, resource) when { [" + choices + "3].contains(resource.n) };"));
        assertThat(Planner.plan(subject(Things.rowType()), List.of(policy), Mode.STRICT))
                .isInstanceOf(Planner.NotTranslatable.class);
    }

    @Test
    void thousandsOfSmallPoliciesAreOneList() {
        List<PolicyTree> policies = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            policies.add(PolicyTree.of(
                    new PolicySource("p" + i, "permit(principal, action, resource == Thing::\"r" + i + "\");")));
        }
        assertThat(Planner.plan(subject(Things.rowType()), policies, Mode.STRICT))
                .isInstanceOfSatisfying(Planner.Rows.class, rows -> assertThat(Filters.size(rows.filter(), 10))
                        .isEqualTo(1));
    }
}
