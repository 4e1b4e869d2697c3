package io.ashlar.cedar.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ashlar.cedar.DecisionAnswer;
import io.ashlar.cedar.DecisionAnswer.PolicyError;
import io.ashlar.cedar.DecisionRequest;
import io.ashlar.cedar.Effect;
import io.ashlar.cedar.Entity;
import io.ashlar.cedar.EntityUid;
import io.ashlar.cedar.Mode;
import io.ashlar.cedar.PolicyEngineException;
import io.ashlar.cedar.eval.Explanation.Outcome;
import io.ashlar.cedar.syntax.PolicyParser;
import io.ashlar.cedar.syntax.PolicySet;
import io.ashlar.cedar.syntax.Slot;
import io.ashlar.cedar.syntax.TemplateLink;
import io.ashlar.cedar.value.EntityFacts;
import io.ashlar.cedar.value.EntityStore;
import io.ashlar.cedar.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class CompiledPolicySetTest {

    private static final EntityUid ANA = new EntityUid("User", "ana");
    private static final EntityUid STAFF = new EntityUid("Group", "staff");
    private static final EntityUid READ = new EntityUid("Action", "read");
    private static final EntityUid READERS = new EntityUid("Action", "readers");
    private static final EntityUid DOC = new EntityUid("Doc", "1");
    private static final EntityUid FOLDER = new EntityUid("Folder", "f");
    private static final EntityStore STORE = EntityStore.of(List.of(
            new EntityFacts(ANA, Map.of("level", new Value.Whole(3)), Map.of(), Set.of(STAFF)),
            new EntityFacts(READ, Map.of(), Map.of(), Set.of(READERS)),
            new EntityFacts(DOC, Map.of("public", Value.Flag.FALSE), Map.of(), Set.of(FOLDER))));
    private static final Request REQUEST = new Request(ANA, READ, DOC, Value.Fields.NONE);

    private static DecisionAnswer decide(Mode mode, String... policies) {
        return CompiledPolicySet.of(PolicyParser.policySet(String.join("\n", policies)))
                .decide(REQUEST, STORE, mode);
    }

    @Test
    void deniesByDefault() {
        assertThat(decide(Mode.STRICT)).isEqualTo(new DecisionAnswer(false, List.of(), List.of()));
    }

    @Test
    void forbidOverridesPermit() {
        assertThat(decide(
                        Mode.STRICT,
                        "permit(principal, action, resource);",
                        "forbid(principal, action, resource);",
                        "permit(principal, action, resource);"))
                .isEqualTo(new DecisionAnswer(false, List.of("policy1"), List.of()));
        assertThat(decide(Mode.STRICT, "permit(principal, action, resource);", "permit(principal, action, resource);"))
                .isEqualTo(new DecisionAnswer(true, List.of("policy0", "policy1"), List.of()));
    }

    @Test
    void skipsAndReportsAPolicyThatFails() {
        String permit = "permit(principal, action, resource);";
        String failing = "(principal, action, resource) when { principal.level + resource.size > 1 };";
        DecisionAnswer answer = decide(Mode.EXACT, permit, "permit" + failing, "forbid" + failing);
        assertThat(answer.allowed()).isTrue();
        assertThat(answer.determining()).containsExactly("policy0");
        assertThat(answer.errors())
                .extracting(PolicyError::policyId, PolicyError::effect)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("policy1", Effect.PERMIT),
                        org.assertj.core.groups.Tuple.tuple("policy2", Effect.FORBID));
        assertThat(answer.errors().getFirst().message()).contains("there is no attribute size", "characters");
        assertThat(decide(Mode.STRICT, permit, "permit" + failing).allowed()).isTrue();
        DecisionAnswer strict = decide(Mode.STRICT, permit, "forbid" + failing);
        assertThat(strict.allowed()).isFalse();
        assertThat(strict.determining()).isEmpty();
    }

    @Test
    void findsPoliciesByEveryScope() {
        List<String> fitting = List.of(
                "principal, action, resource",
                "principal == User::\"ana\", action, resource",
                "principal in User::\"ana\", action, resource",
                "principal in Group::\"staff\", action, resource",
                "principal is User, action, resource",
                "principal is User in Group::\"staff\", action, resource",
                "principal, action == Action::\"read\", resource",
                "principal, action in Action::\"readers\", resource",
                "principal, action in [Action::\"read\", Action::\"readers\", Action::\"x\"], resource",
                "principal, action, resource == Doc::\"1\"",
                "principal, action, resource in Folder::\"f\"",
                "principal, action, resource is Doc",
                "principal, action, resource is Doc in Folder::\"f\"",
                "principal in Group::\"staff\", action in [Action::\"read\"], resource in Folder::\"f\"");
        List<String> others = List.of(
                "principal == Group::\"staff\", action, resource",
                "principal in Group::\"other\", action, resource",
                "principal is Group, action, resource",
                "principal is Group in Group::\"staff\", action, resource",
                "principal, action == Action::\"readers\", resource",
                "principal, action in [], resource",
                "principal, action in [Action::\"x\", Action::\"y\"], resource",
                "principal, action, resource == Folder::\"f\"",
                "principal, action, resource is Folder in Folder::\"f\"",
                "principal in Group::\"staff\", action, resource == Doc::\"2\"");
        List<String> all = new ArrayList<>(fitting);
        all.addAll(others);
        DecisionAnswer answer = decide(
                Mode.STRICT, all.stream().map(scope -> "permit(" + scope + ");").toArray(String[]::new));
        assertThat(answer.determining())
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, fitting.size())
                        .mapToObj(i -> "policy" + i)
                        .toList());
    }

    @Test
    void asksOnlyRelevantPolicies() {
        String policies = IntStream.range(0, 1_000)
                .mapToObj(i -> "permit(principal == User::\"u" + i + "\", action, resource) when { context.asked };\n"
                        + "permit(principal, action == Action::\"a" + i + "\", resource) when { context.asked };\n"
                        + "permit(principal, action, resource in Folder::\"f" + i + "\") when { context.asked };\n")
                .reduce("", String::concat);
        CompiledPolicySet set = CompiledPolicySet.of(PolicyParser.policySet(policies));
        assertThat(set.size()).isEqualTo(3_000);
        // A policy that is asked fails, for there is no such fact in the context: nobody is asked.
        assertThat(set.decide(REQUEST, STORE, Mode.STRICT).errors()).isEmpty();
        Request relevant =
                new Request(new EntityUid("User", "u7"), new EntityUid("Action", "a8"), DOC, REQUEST.context());
        assertThat(set.decide(relevant, STORE, Mode.STRICT).errors())
                .extracting(PolicyError::policyId)
                .containsExactly("policy21", "policy25");
    }

    @Test
    void decidesByLinkedTemplates() {
        Map<String, io.ashlar.cedar.syntax.Policy> policies = new LinkedHashMap<>();
        policies.put("t", PolicyParser.policy("permit(principal in ?principal, action, resource == ?resource);"));
        TemplateLink link = new TemplateLink("t", "linked", Map.of(Slot.PRINCIPAL, STAFF, Slot.RESOURCE, DOC));
        DecisionAnswer answer =
                CompiledPolicySet.of(new PolicySet(policies, List.of(link))).decide(REQUEST, STORE, Mode.STRICT);
        assertThat(answer).isEqualTo(new DecisionAnswer(true, List.of("linked"), List.of()));
        assertThat(CompiledPolicySet.of(PolicySet.of(policies)).size())
                .as("a template alone")
                .isZero();
    }

    @Test
    void explainsWhichPartDecided() {
        String[] policies = {
            "permit(principal, action, resource) when { principal.level > 1 } unless { resource.public || false };",
            "permit(principal, action, resource) when { true && (resource.public || principal.level == 4) && true };",
            "permit(principal, action, resource) when { !(principal has level) };",
            "permit(principal, action, resource) when { if principal has level then resource.public else true };",
            "forbid(principal, action, resource) when { true } when { resource.size > 1 };",
            "forbid(principal == User::\"other\", action, resource);",
            "permit(principal, action, resource) when { false || principal.level == 3 };"
        };
        CompiledPolicySet set = CompiledPolicySet.of(PolicyParser.policySet(String.join("\n", policies)));
        Explanation explanation = set.explain(REQUEST, STORE, Mode.EXACT);
        assertThat(explanation.answer()).isEqualTo(set.decide(REQUEST, STORE, Mode.EXACT));
        assertThat(explanation.policies())
                .extracting(trace -> trace.policyId() + " " + summary(trace.outcome()))
                .containsExactly(
                        "policy0 applied by principal.level > 1 = true, resource.public || false = false",
                        "policy1 not applied by resource.public || principal.level == 4 = false",
                        "policy2 not applied by principal has level = true",
                        "policy3 not applied by resource.public = false",
                        "policy4 failed in 1: there is no attribute size",
                        "policy6 applied by principal.level == 3 = true");
    }

    private static String summary(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Applied(List<Explanation.Deciding> because) ->
                "applied by "
                        + String.join(
                                ", ",
                                because.stream()
                                        .map(CompiledPolicySetTest::summary)
                                        .toList());
            case Outcome.NotApplied(Explanation.Deciding because) -> "not applied by " + summary(because);
            case Outcome.Failed(int condition, var at, String message) -> "failed in " + condition + ": " + message;
        };
    }

    private static String summary(Explanation.Deciding deciding) {
        assertThat(deciding.at().known()).isTrue();
        return deciding.text() + " = " + deciding.value();
    }

    @Test
    void decidesBehindTheInterfaceToo() {
        CompiledPolicySet set = CompiledPolicySet.of(
                PolicyParser.policySet("permit(principal in Group::\"staff\", action, resource);"));
        DecisionRequest request = new DecisionRequest(ANA, READ, DOC, Map.of());
        assertThat(set.decide(request, List.of(new Entity(ANA, Map.of(), Set.of(STAFF))), Mode.STRICT)
                        .allowed())
                .isTrue();
        List<Entity> circle =
                List.of(new Entity(ANA, Map.of(), Set.of(STAFF)), new Entity(STAFF, Map.of(), Set.of(ANA)));
        assertThatThrownBy(() -> set.decide(request, circle, Mode.STRICT))
                .isInstanceOf(PolicyEngineException.class)
                .hasMessageContaining("circles");
    }
}
