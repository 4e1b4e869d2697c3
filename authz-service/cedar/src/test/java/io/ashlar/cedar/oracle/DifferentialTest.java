package io.ashlar.cedar.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import com.cedarpolicy.model.exception.InternalException;
import com.cedarpolicy.model.policy.PolicySet;
import io.ashlar.cedar.DecisionAnswer;
import io.ashlar.cedar.DecisionAnswer.PolicyError;
import io.ashlar.cedar.Effect;
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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

/**
 * Random policies, entities and requests, decided here and by the reference. A case is a policy, a store of entities and a
 * request. The reference reads all entities anew for each request, which takes thousands of times as long as a policy: so it is
 * asked with many policies of one effect, where its answer names each that applies and each that fails, none hiding another; and
 * once with a small set of both effects, where forbids override. {@code -Dashlar.cedar.cases=1000000} asks a million;
 * {@code -Dashlar.cedar.seed=…} asks the same again: a mismatch names the seed of its own round.
 */
final class DifferentialTest {

    private static final int POLICIES = 80;
    private static final int STORES = 2;
    private static final int REQUESTS = 2;
    private static final int CASES_PER_ROUND = POLICIES * STORES * REQUESTS;
    private static final int REPORTED_EVERY = 100_000;
    private static final int MISMATCHES_SHOWN_MAX = 10;

    private final Map<String, Long> outcomes = new TreeMap<>();
    private final Map<String, Long> decisions = new TreeMap<>();
    private final List<String> mismatches = new ArrayList<>();
    // What differs counts, by its hash: as many at least.
    private final Set<Integer> policies = new HashSet<>();
    private final Set<Integer> stores = new HashSet<>();
    private final Set<Integer> requests = new HashSet<>();

    @Test
    void decidesAsTheReference() {
        int cases = Integer.getInteger("ashlar.cedar.cases", 3_000);
        long seed = Long.getLong("ashlar.cedar.seed", System.nanoTime());
        int done = 0;
        for (long round = seed; done < cases; round++) {
            compare(round);
            done += CASES_PER_ROUND;
            if (done % REPORTED_EVERY < CASES_PER_ROUND) {
                report(seed, done);
            }
        }
        report(seed, done);
        assertThat(mismatches).isEmpty();
    }

    private void compare(long seed) {
        // Neighbouring seeds of Random begin alike.
        Random random = new Random(new SplittableRandom(seed).nextLong());
        RandomCase mixed = RandomCase.of(random);
        Verdict decided = compare(seed, mixed, 1).getFirst();
        decisions.merge(
                (decided.allowed() ? "allow" : "deny")
                        + (decided.determining().isEmpty() ? " by default" : "")
                        + (decided.failed().isEmpty() ? "" : " with errors"),
                1L,
                Long::sum);
        RandomCase wide = RandomCase.of(random, POLICIES, random.nextBoolean() ? Effect.PERMIT : Effect.FORBID);
        wide.policies().policies().values().forEach(policy -> policies.add(policy.hashCode()));
        for (int store = 0; store < STORES; store++) {
            for (Verdict verdict : compare(seed, wide, REQUESTS)) {
                int applied = verdict.determining().size();
                int failed = verdict.failed().size();
                outcomes.merge("applies", (long) applied, Long::sum);
                outcomes.merge("fails", (long) failed, Long::sum);
                outcomes.merge("does not apply", (long) POLICIES - applied - failed, Long::sum);
            }
            wide = wide.other(random);
        }
    }

    /** What the reference says to the first of the requests. */
    private List<Verdict> compare(long seed, RandomCase random, int asked) {
        CompiledPolicySet ours = CompiledPolicySet.of(random.policies());
        EntityStore entities = EntityStore.of(random.entities());
        Oracle oracle =
                new Oracle(Oracle.cached(Oracle.parse(PolicyFormatter.format(random.policies()))), random.entities());
        stores.add(random.entities().hashCode());
        List<Verdict> verdicts = new ArrayList<>();
        for (Request request : random.requests().subList(0, asked)) {
            requests.add(31 * random.entities().hashCode() + request.hashCode());
            Verdict expected = oracle.decide(request);
            Verdict actual = verdict(ours.decide(request, entities, Mode.EXACT));
            if (!actual.equals(expected) && mismatches.size() < MISMATCHES_SHOWN_MAX) {
                mismatches.add("seed %d: %s, the reference says %s%n%s%n%s"
                        .formatted(seed, actual, expected, request, random));
            }
            verdicts.add(expected);
        }
        return verdicts;
    }

    private void report(long seed, int cases) {
        System.out.printf(
                "cedar-java: seed %d, %d random cases (different: %d policies, %d stores, %d requests), %s; "
                        + "sets of both effects: %s; %d mismatches%n",
                seed, cases, policies.size(), stores.size(), requests.size(), outcomes, decisions, mismatches.size());
    }

    /** The reference reads our JSON and we read its; both say the same policy. */
    @Property(tries = 300, shrinking = ShrinkingMode.OFF)
    void sharesJsonWithTheReference(@ForAll("policies") Policy policy) throws InternalException {
        String text = PolicyFormatter.format(policy);
        String theirs = new com.cedarpolicy.model.policy.Policy(text, "p").toJson();
        assertThat(PolicyJson.read(theirs)).as(text).isEqualTo(policy);
        String ours = PolicyJson.text(policy);
        String back = com.cedarpolicy.model.policy.Policy.fromJson("p", ours).policySrc;
        assertThat(PolicyParser.policy(back)).as(ours).isEqualTo(policy);
    }

    /** Of texts that are nearly policies, the same are read. */
    @Property(tries = 300, shrinking = ShrinkingMode.OFF)
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
            PolicySet read = PolicySet.parsePolicies(text);
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

    static Verdict verdict(DecisionAnswer answer) {
        Set<String> failed = answer.errors().stream().map(PolicyError::policyId).collect(Collectors.toSet());
        return new Verdict(answer.allowed(), Set.copyOf(answer.determining()), failed);
    }
}
