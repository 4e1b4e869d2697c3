package io.ashlar.authz.policyset;

import static org.assertj.core.api.Assertions.assertThat;

import io.ashlar.cedar.PolicySource;
import io.ashlar.filter.dsl.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PolicyChangeTest {

    private static PolicySet set(Map<String, String> policies, Map<Document, String> documents) {
        return new PolicySet(7, new TreeMap<>(policies), documents, List.of(held("s", 1)));
    }

    private static HeldSet held(String id, long version) {
        return new HeldSet(id, version, new TreeMap<>(Map.of("x", "… " + version)));
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

    @Test
    void sharedSetsAreTakenReplacedAndLeft() {
        PolicySet set = set(Map.of("a", "A"), Map.of());
        PolicyChange change = new PolicyChange(
                new TreeMap<>(),
                Map.of(),
                new TreeMap<>(Map.of("r", Optional.of(held("r", 3)), "s", Optional.of(held("s", 2)))));
        assertThat(change.isOfPolicies()).isTrue();
        PolicySet next = change.appliedTo(set);
        assertThat(next.shared()).extracting(HeldSet::version).containsExactly(3L, 2L);
        assertThat(next.sources()).extracting(PolicySource::text).containsExactly("A", "… 3", "… 2");
        assertThat(change.reducedTo(next).isNothing()).isTrue();
        PolicyChange leaving =
                change.and(new PolicyChange(new TreeMap<>(), Map.of(), new TreeMap<>(Map.of("s", Optional.empty()))));
        assertThat(leaving.appliedTo(set).shared()).extracting(HeldSet::id).containsExactly("r");
        List<Fault> faults = new ArrayList<>();
        assertThat(ChangeJson.choices(ChangeJson.write(leaving), faults))
                .containsExactly(Map.entry("r", OptionalLong.of(3)), Map.entry("s", OptionalLong.empty()));
        assertThat(faults).isEmpty();
    }

    @Test
    void whatIsSaidLaterHasTheLastWord() {
        PolicySet set = set(Map.of("a", "A", "b", "B"), Map.of(Document.TESTS, "T"));
        PolicyChange both =
                PolicyChange.between(set, set(Map.of("b", "C"), Map.of())).and(PolicyChange.of("b", Optional.of("D")));
        assertThat(both.appliedTo(set).policies()).isEqualTo(Map.of("b", "D"));
        assertThat(both.appliedTo(set).documents()).isEmpty();
    }
}
