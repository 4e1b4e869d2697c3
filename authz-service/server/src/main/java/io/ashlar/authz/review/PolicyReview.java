package io.ashlar.authz.review;

import io.ashlar.authz.AuthzError;
import io.ashlar.authz.engine.ReferenceCheck;
import io.ashlar.authz.policyset.Document;
import io.ashlar.authz.policyset.PolicySet;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.cedar.Mode;
import io.ashlar.cedar.PolicyEngine.CompiledPolicies;
import io.ashlar.cedar.PolicyEngineException;
import io.ashlar.cedar.PolicyFault;
import io.ashlar.cedar.PolicySource;
import io.ashlar.cedar.eval.CedarEngine;
import io.ashlar.filter.dsl.Fault;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Reviews sets of policies. Blocks while one of few places is taken; thread-safe. */
@ApplicationScoped
public class PolicyReview {

    /** Longest text of one policy, in characters. */
    public static final int POLICY_LENGTH_MAX = 16 << 10;

    private static final CedarEngine CEDAR = new CedarEngine();

    private final ReviewPool pool;
    private final SchemaValidator validator;
    private final ReferenceCheck reference;

    PolicyReview(ReviewPool pool, SchemaValidator validator, ReferenceCheck reference) {
        this.pool = pool;
        this.validator = validator;
        this.reference = reference;
    }

    /**
     * Looks at everything.
     *
     * @param set as it would be in force
     * @param changed ids whose text is new; the others were read before
     */
    public ReviewReport review(PolicySet set, Collection<String> changed) {
        List<Fault> faults = new ArrayList<>();
        for (String id : changed) {
            String text = set.policies().get(id);
            if (text != null) {
                faults.addAll(syntax(new PolicySource(id, text)));
            }
        }
        String schema = set.documents().get(Document.SCHEMA);
        String tests = set.documents().get(Document.TESTS);
        if (schema == null && tests == null) {
            return new ReviewReport("syntax", faults, List.of(), List.of());
        }
        List<Fault> warnings = new ArrayList<>();
        return pool.call(() -> {
            if (schema != null) {
                validator.validate(schema, faults.isEmpty() ? own(set) : List.of(), faults, warnings);
            }
            List<TestCase> cases = tests == null ? List.of() : TestSuite.read(tests, faults);
            List<TestOutcome> outcomes = faults.isEmpty() ? run(set, cases) : List.of();
            return new ReviewReport(schema == null ? "syntax" : "schema", faults, warnings, outcomes);
        });
    }

    /**
     * The same, as a condition.
     *
     * @throws ProblemException {@code policy_invalid}, {@code policy_tests_failed}
     */
    public void require(PolicySet set, Collection<String> changed) {
        ReviewReport report = review(set, changed);
        if (!report.faults().isEmpty()) {
            throw new ProblemException(AuthzError.POLICY_INVALID, "the policies are not valid", report.faults());
        }
        List<Fault> failures = report.failures();
        if (!failures.isEmpty()) {
            throw new ProblemException(
                    AuthzError.POLICY_TESTS_FAILED, failures.size() + " of the set's test cases failed", failures);
        }
    }

    /** What is wrong with one policy by itself, by our own reader and then by the reference, at {@code /policies/<id>}. */
    public List<Fault> syntax(PolicySource policy) {
        List<PolicyFault> faults = CEDAR.check(policy);
        return (faults.isEmpty() ? reference.check(policy) : faults)
                .stream()
                        .map(fault -> new Fault("policy_invalid", "/policies/" + policy.id(), fault.message()))
                        .toList();
    }

    private static List<PolicySource> own(PolicySet set) {
        return set.sources().subList(0, set.policies().size());
    }

    /** Interrupted between cases when the review's time is over. */
    private static List<TestOutcome> run(PolicySet set, List<TestCase> cases) throws InterruptedException {
        CompiledPolicies compiled = CEDAR.compile(set.sources());
        List<TestOutcome> outcomes = new ArrayList<>(cases.size());
        for (int i = 0; i < cases.size(); i++) {
            if (Thread.interrupted()) {
                throw new InterruptedException("the review's time is over");
            }
            TestCase test = cases.get(i);
            outcomes.add(outcome(i, test, compiled));
        }
        return outcomes;
    }

    private static TestOutcome outcome(int index, TestCase test, CompiledPolicies compiled) {
        try {
            return TestOutcome.of(index, test, compiled.decide(test.request(), test.entities(), Mode.STRICT));
        } catch (PolicyEngineException e) {
            // The case's own entities go in circles: no service would be allowed anything either.
            return TestOutcome.undecided(index, test, String.valueOf(e.getMessage()));
        }
    }
}
