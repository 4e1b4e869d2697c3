package io.ashlar.cedar.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import com.cedarpolicy.model.exception.InternalException;
import io.ashlar.cedar.DecisionAnswer;
import io.ashlar.cedar.DecisionAnswer.PolicyError;
import io.ashlar.cedar.Mode;
import io.ashlar.cedar.eval.CompiledPolicySet;
import io.ashlar.cedar.eval.Request;
import io.ashlar.cedar.json.EntitiesJson;
import io.ashlar.cedar.json.PolicyJson;
import io.ashlar.cedar.json.PolicySetJson;
import io.ashlar.cedar.oracle.Oracle.Verdict;
import io.ashlar.cedar.random.Mutation;
import io.ashlar.cedar.random.RandomCase;
import io.ashlar.cedar.syntax.Policy;
import io.ashlar.cedar.syntax.PolicyFormatter;
import io.ashlar.cedar.syntax.PolicyParser;
import io.ashlar.cedar.syntax.SyntaxException;
import io.ashlar.cedar.value.EntityStore;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;

/** Random cases, each with four requests; {@code -Djqwik.tries.default=250000} asks a million. A failure names its seed. */
final class DifferentialTest {

    private static final AtomicLong CASES = new AtomicLong();
    private static final AtomicLong MISMATCHES = new AtomicLong();
    private static final Map<String, Long> KINDS = new TreeMap<>();

    @Property(shrinking = ShrinkingMode.OFF)
    void decidesAsTheReference(@ForAll("cases") RandomCase random) {
        CompiledPolicySet ours = CompiledPolicySet.of(random.policies());
        EntityStore store = EntityStore.of(random.entities());
        Oracle oracle = new Oracle(Oracle.parse(PolicyFormatter.format(random.policies())), random.entities());
        for (Request request : random.requests()) {
            Verdict expected = oracle.decide(request);
            Verdict actual = verdict(ours.decide(request, store, Mode.EXACT));
            CASES.incrementAndGet();
            if (!actual.equals(expected)) {
                MISMATCHES.incrementAndGet();
            }
            KINDS.merge(
                    (expected.allowed() ? "allow" : "deny")
                            + (expected.determining().isEmpty() ? " by default" : "")
                            + (expected.failed().isEmpty() ? "" : " with errors"),
                    1L,
                    Long::sum);
            assertThat(actual).as("%s%n%s", request, random).isEqualTo(expected);
        }
    }

    /** The reference reads our JSON and we read its; both say the same policy. */
    @Property(shrinking = ShrinkingMode.OFF)
    void sharesJsonWithTheReference(@ForAll("policies") Policy policy) throws InternalException {
        String text = PolicyFormatter.format(policy);
        String theirs = new com.cedarpolicy.model.policy.Policy(text, "p").toJson();
        assertThat(PolicyJson.read(theirs)).as(text).isEqualTo(policy);
        String ours = PolicyJson.text(policy);
        String back = com.cedarpolicy.model.policy.Policy.fromJson("p", ours).policySrc;
        assertThat(PolicyParser.policy(back)).as(ours).isEqualTo(policy);
    }

    /** Of texts that are nearly policies, the same are read. */
    @Property(shrinking = ShrinkingMode.OFF)
    void readsWhatTheReferenceReads(@ForAll("policies") Policy policy, @ForAll long seed) {
        String text = Mutation.of(PolicyFormatter.format(policy), new Random(seed));
        assertThat(isRead(text)).as(text).isEqualTo(isReadByTheReference(text));
    }

    private static boolean isRead(String text) {
        try {
            return !PolicyParser.policySet(text).policies().isEmpty() || text.isBlank();
        } catch (SyntaxException e) {
            return false;
        }
    }

    private static boolean isReadByTheReference(String text) {
        try {
            com.cedarpolicy.model.policy.PolicySet read = com.cedarpolicy.model.policy.PolicySet.parsePolicies(text);
            return read.getNumPolicies() + read.getNumTemplates() > 0 || text.isBlank();
        } catch (InternalException e) {
            return false;
        }
    }

    @Property(tries = 200, shrinking = ShrinkingMode.OFF)
    void readsWhatItWrote(@ForAll("cases") RandomCase random) {
        assertThat(EntitiesJson.read(EntitiesJson.write(random.entities()).toString()))
                .containsExactlyInAnyOrderElementsOf(random.entities());
        assertThat(PolicySetJson.read(PolicySetJson.text(random.policies()))).isEqualTo(random.policies());
    }

    @Provide
    Arbitrary<RandomCase> cases() {
        return Arbitraries.randomValue(RandomCase::of);
    }

    @Provide
    Arbitrary<Policy> policies() {
        return Arbitraries.randomValue(RandomCase::policy);
    }

    @AfterContainer
    static void report() {
        System.out.printf("cedar-java: %d random requests, %d mismatches, %s%n", CASES.get(), MISMATCHES.get(), KINDS);
    }

    static Verdict verdict(DecisionAnswer answer) {
        Set<String> failed = answer.errors().stream().map(PolicyError::policyId).collect(Collectors.toSet());
        return new Verdict(answer.allowed(), Set.copyOf(answer.determining()), failed);
    }
}
