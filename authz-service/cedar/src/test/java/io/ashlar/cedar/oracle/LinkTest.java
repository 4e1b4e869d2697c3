package io.ashlar.cedar.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import com.cedarpolicy.model.policy.LinkValue;
import io.ashlar.cedar.EntityUid;
import io.ashlar.cedar.Mode;
import io.ashlar.cedar.eval.CompiledPolicySet;
import io.ashlar.cedar.eval.Request;
import io.ashlar.cedar.random.RandomCase;
import io.ashlar.cedar.syntax.EntityScope;
import io.ashlar.cedar.syntax.EntityScope.Target;
import io.ashlar.cedar.syntax.Policy;
import io.ashlar.cedar.syntax.PolicyFormatter;
import io.ashlar.cedar.syntax.PolicySet;
import io.ashlar.cedar.syntax.Slot;
import io.ashlar.cedar.syntax.TemplateLink;
import io.ashlar.cedar.value.EntityFacts;
import io.ashlar.cedar.value.EntityStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** Random policies made templates, each linked to every entity of the case. */
final class LinkTest {

    @Property(tries = 50, shrinking = ShrinkingMode.OFF)
    void linksDecideAsTheReferences(@ForAll("cases") RandomCase random) {
        Map<String, Policy> templates = new LinkedHashMap<>();
        List<TemplateLink> links = new ArrayList<>();
        random.policies().policies().forEach((id, policy) -> {
            templates.put(id, template(policy));
            for (EntityFacts entity : random.entities()) {
                links.add(new TemplateLink(
                        id, "link" + links.size(), Map.of(Slot.PRINCIPAL, entity.uid(), Slot.RESOURCE, entity.uid())));
            }
        });
        CompiledPolicySet ours = CompiledPolicySet.of(new PolicySet(templates, links));
        EntityStore store = EntityStore.of(random.entities());
        Oracle oracle = new Oracle(Oracle.cached(asTheirs(templates, links)), random.entities());
        for (Request request : random.requests()) {
            assertThat(DifferentialTest.verdict(ours.decide(request, store, Mode.EXACT)))
                    .as("%s%n%s", request, random)
                    .isEqualTo(oracle.decide(request));
        }
    }

    private static Policy template(Policy policy) {
        return new Policy(
                policy.annotations(),
                policy.effect(),
                open(policy.principal(), Slot.PRINCIPAL),
                policy.action(),
                open(policy.resource(), Slot.RESOURCE),
                policy.conditions(),
                policy.at());
    }

    private static EntityScope open(EntityScope scope, Slot slot) {
        Target target = new Target.Open(slot);
        return switch (scope) {
            case EntityScope.Any any -> new EntityScope.In(target);
            case EntityScope.In(Target known) -> new EntityScope.In(target);
            case EntityScope.Equal(Target known) -> new EntityScope.Equal(target);
            case EntityScope.Is(String type) -> new EntityScope.IsIn(type, target);
            case EntityScope.IsIn(String type, Target known) -> new EntityScope.IsIn(type, target);
        };
    }

    private static com.cedarpolicy.model.policy.PolicySet asTheirs(
            Map<String, Policy> templates, List<TemplateLink> links) {
        Set<com.cedarpolicy.model.policy.Policy> policies = new HashSet<>();
        templates.forEach((id, template) ->
                policies.add(new com.cedarpolicy.model.policy.Policy(PolicyFormatter.format(template), id)));
        return new com.cedarpolicy.model.policy.PolicySet(
                Set.of(),
                policies,
                links.stream()
                        .map(link -> new com.cedarpolicy.model.policy.TemplateLink(
                                link.templateId(), link.policyId(), values(link.values())))
                        .toList());
    }

    private static List<LinkValue> values(Map<Slot, EntityUid> values) {
        return values.entrySet().stream()
                .map(entry -> new LinkValue(entry.getKey().text(), Oracle.uid(entry.getValue())))
                .toList();
    }

    @Provide
    Arbitrary<RandomCase> cases() {
        return Arbitraries.randomValue(RandomCase::of);
    }
}
