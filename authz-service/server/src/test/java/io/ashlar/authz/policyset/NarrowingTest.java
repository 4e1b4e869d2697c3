package io.ashlar.authz.policyset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ashlar.cedar.CedarValue;
import io.ashlar.cedar.DecisionRequest;
import io.ashlar.cedar.EntityUid;
import io.ashlar.cedar.Mode;
import io.ashlar.cedar.PolicyEngineException;
import io.ashlar.cedar.PolicySource;
import io.ashlar.cedar.eval.CedarEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class NarrowingTest {

    private static final String PERMIT = "permit(principal, action, resource);";
    private static final String FORBID = "@why(\"x\") forbid(principal, action, resource);";

    /** Some decide, some go wrong, some do so for some requests only. */
    private static final List<String> TEXTS = List.of(
            PERMIT,
            "permit(principal == User::\"a\", action, resource);",
            "permit(principal, action == Action::\"read\", resource) when { context.n > 1 };",
            "permit(principal, action, resource) when { context.missing };",
            "forbid(principal == User::\"b\", action, resource);",
            "forbid(principal, action == Action::\"write\", resource);",
            "forbid(principal, action, resource) when { context.n == 3 };",
            "forbid(principal, action == Action::\"read\", resource) when { context.missing };");

    private static final CedarEngine CEDAR = new CedarEngine();

    @Provide
    Arbitrary<Set<String>> texts() {
        return Arbitraries.of(TEXTS).set().ofMaxSize(TEXTS.size());
    }

    @Property
    void whatNarrowsAllowsNothingNew(@ForAll("texts") Set<String> from, @ForAll("texts") Set<String> to) {
        if (Narrowing.between(from, to)) {
            for (DecisionRequest request : requests()) {
                for (Mode mode : Mode.values()) {
                    assertThat(allows(from, request, mode) || !allows(to, request, mode))
                            .as("%s in %s", request, mode)
                            .isTrue();
                }
            }
        }
    }

    private static List<DecisionRequest> requests() {
        List<DecisionRequest> requests = new ArrayList<>();
        for (String user : List.of("a", "b", "c")) {
            for (String action : List.of("read", "write")) {
                for (long n : new long[] {1, 2, 3}) {
                    requests.add(new DecisionRequest(
                            new EntityUid("User", user),
                            new EntityUid("Action", action),
                            new EntityUid("Flight", "f"),
                            Map.of("n", new CedarValue.Whole(n))));
                }
            }
        }
        return requests;
    }

    private static boolean allows(Set<String> texts, DecisionRequest request, Mode mode) {
        List<PolicySource> sources = new ArrayList<>();
        texts.forEach(text -> sources.add(new PolicySource("p" + sources.size(), text)));
        return CEDAR.compile(sources).decide(request, List.of(), mode).allowed();
    }

    @Test
    void takesPermitsAwayAndAddsForbids() {
        assertThat(Narrowing.between(List.of(), List.of())).isTrue();
        assertThat(Narrowing.between(List.of(PERMIT), List.of())).isTrue();
        assertThat(Narrowing.between(List.of(), List.of(FORBID))).isTrue();
        assertThat(Narrowing.between(List.of(PERMIT), List.of(FORBID))).isTrue();
        assertThat(Narrowing.between(List.of(PERMIT, FORBID), List.of(FORBID, FORBID, PERMIT)))
                .isTrue();
        assertThat(Narrowing.between(List.of(), List.of(PERMIT))).isFalse();
        assertThat(Narrowing.between(List.of(FORBID), List.of())).isFalse();
        assertThat(Narrowing.between(List.of(FORBID), List.of(PERMIT))).isFalse();
        assertThat(Narrowing.between(List.of(PERMIT), List.of("permit(principal, action, resource) when { false };")))
                .as("another text, and nobody looks into it")
                .isFalse();
    }

    @Test
    void whatIsNoPolicyIsRefused() {
        assertThatThrownBy(() -> Narrowing.between(List.of(), List.of("permit(")))
                .isInstanceOf(PolicyEngineException.class);
    }
}
