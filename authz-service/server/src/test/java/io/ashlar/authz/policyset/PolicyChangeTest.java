package io.ashlar.authz.policyset;

import static org.assertj.core.api.Assertions.assertThat;

import io.ashlar.cedar.PolicySource;
import io.ashlar.filter.dsl.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PolicyChangeTest {

    private static PolicySet set(Map<String, String> policies, Map<Document, String> documents) {
        return new PolicySet(7, new TreeMap<>(policies), documents, List.of(new PolicySource("shared:s:x", "…")));
    }

    @Provide
    Arbitrary<PolicySet> sets() {
        Arbitrary<String> texts = Arbitraries.of("one", "two", "three");
        return Arbitraries.maps(Arbitraries.of("a", "b", "c", "d"), texts)
                .flatMap(policies -> Arbitraries.maps(Arbitraries.of(Document.values()), texts)
                        .map(documents -> set(policies, documents)));
    }

    @Property
    void whatIsBetweenTwoSetsMakesOneOfTheOther(@ForAll("sets") PolicySet from, @ForAll("sets") PolicySet to) {
        PolicyChange change = PolicyChange.between(from, to);
        assertThat(change.appliedTo(from)).isEqualTo(to);
        assertThat(change.isNothing()).isEqualTo(from.equals(to));
        assertThat(change.reducedTo(to).isNothing()).isTrue();
    }

    @Property
    void jsonSaysTheSame(@ForAll("sets") PolicySet from, @ForAll("sets") PolicySet to) {
        PolicyChange change = PolicyChange.between(from, to);
        List<Fault> faults = new ArrayList<>();
        assertThat(ChangeJson.read(ChangeJson.write(change), 100, faults)).isEqualTo(change);
        assertThat(faults).isEmpty();
    }

    @Test
    void sharedPoliciesStandBehindOwnOnes() {
        PolicySet set = set(Map.of("b", "B", "a", "A"), Map.of());
        assertThat(set.sources()).extracting(PolicySource::id).containsExactly("a", "b", "shared:s:x");
        assertThat(PolicyChange.of("a", Optional.empty()).appliedTo(set).sources())
                .extracting(PolicySource::id)
                .containsExactly("b", "shared:s:x");
    }
}
