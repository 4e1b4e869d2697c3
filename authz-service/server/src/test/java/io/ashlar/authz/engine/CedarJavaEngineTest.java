package io.ashlar.authz.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ashlar.cedar.CedarValue;
import io.ashlar.cedar.DecisionAnswer;
import io.ashlar.cedar.DecisionRequest;
import io.ashlar.cedar.Entity;
import io.ashlar.cedar.EntityUid;
import io.ashlar.cedar.Mode;
import io.ashlar.cedar.PolicyEngine;
import io.ashlar.cedar.PolicyEngineException;
import io.ashlar.cedar.PolicySource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class CedarJavaEngineTest {

    private static final PolicyEngine ENGINE = new CedarJavaEngine(10_000);
    private static final EntityUid ANA = new EntityUid("User", "ana");
    private static final EntityUid ROLE = new EntityUid("Role", "viewer");
    private static final EntityUid READ = new EntityUid("Action", "read");
    private static final EntityUid DOC = new EntityUid("Doc", "1");
    private static final List<Entity> ENTITIES = List.of(
            new Entity(ANA, Map.of("level", new CedarValue.Whole(3)), Set.of(ROLE)),
            new Entity(
                    DOC,
                    Map.of(
                            "owner", new CedarValue.Reference(ANA),
                            "tags", new CedarValue.SetOf(Set.of(new CedarValue.Text("a"))),
                            "price", new CedarValue.Extension("decimal", "1.50"),
                            "place", new CedarValue.Fields(Map.of("city", new CedarValue.Text("Rome")))),
                    Set.of()));

    private static DecisionAnswer decide(Mode mode, String... policies) {
        List<PolicySource> sources = java.util.stream.IntStream.range(0, policies.length)
                .mapToObj(i -> new PolicySource("p" + i, policies[i]))
                .toList();
        return ENGINE.compile(sources)
                .decide(new DecisionRequest(ANA, READ, DOC, Map.of("mfa", new CedarValue.Flag(true))), ENTITIES, mode);
    }

    @Test
    void deniesByDefault() {
        DecisionAnswer answer = decide(Mode.STRICT);
        assertThat(answer.allowed()).isFalse();
        assertThat(answer.determining()).isEmpty();
    }

    @Test
    void carriesEveryKindOfValue() {
        DecisionAnswer answer = decide(
                Mode.STRICT,
                "permit(principal in Role::\"viewer\", action, resource) when { principal.level == 3 && resource.owner == principal"
                        + " && resource.tags.contains(\"a\") && resource.price == decimal(\"1.5\")"
                        + " && resource.place.city == \"Rome\" && context.mfa };");
        assertThat(answer.allowed()).isTrue();
        assertThat(answer.determining()).containsExactly("p0");
        assertThat(answer.errors()).isEmpty();
    }

    @Test
    void forbidOverrides() {
        DecisionAnswer answer =
                decide(Mode.STRICT, "permit(principal, action, resource);", "forbid(principal, action, resource);");
        assertThat(answer.allowed()).isFalse();
        assertThat(answer.determining()).containsExactly("p1");
    }

    @Test
    void anErrorInAForbidDeniesInStrictModeOnly() {
        String[] policies = {
            "permit(principal, action, resource);", "forbid(principal, action, resource) when { resource.nothing };"
        };
        DecisionAnswer strict = decide(Mode.STRICT, policies);
        assertThat(strict.allowed()).isFalse();
        assertThat(strict.errors()).singleElement().satisfies(error -> assertThat(error.policyId())
                .isEqualTo("p1"));
        assertThat(decide(Mode.EXACT, policies).allowed()).isTrue();
    }

    @Test
    void anErrorInAPermitDoesNotDeny() {
        DecisionAnswer answer = decide(
                Mode.STRICT,
                "permit(principal, action, resource);",
                "permit(principal, action, resource) when { resource.nothing };");
        assertThat(answer.allowed()).isTrue();
        assertThat(answer.errors()).hasSize(1);
    }

    @Test
    void checksOnePolicyAtATime() {
        assertThat(ENGINE.check(new PolicySource("x", "permit(principal, action, resource);")))
                .isEmpty();
        assertThat(ENGINE.check(new PolicySource("x", "permit(principal action, resource);")))
                .isNotEmpty();
        assertThat(ENGINE.check(new PolicySource("x", ""))).isNotEmpty();
        assertThat(ENGINE.check(new PolicySource(
                        "x", "permit(principal, action, resource); permit(principal, action, resource);")))
                .isNotEmpty();
        assertThat(ENGINE.check(new PolicySource("x", "permit(principal == ?principal, action, resource);")))
                .as("a template")
                .isNotEmpty();
    }

    @Test
    void refusesWhatIsNoPolicy() {
        List<PolicySource> broken = List.of(new PolicySource("x", "permit"));
        assertThatThrownBy(() -> ENGINE.compile(broken)).isInstanceOf(PolicyEngineException.class);
    }
}
