package io.ashlar.authz.review;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.ashlar.cedar.DecisionAnswer;
import io.ashlar.filter.dsl.Fault;
import java.util.List;

/**
 * How a test case went.
 *
 * @param index in the order of the cases
 * @param name of the case
 * @param passed whether the decision, and the determining policies if any were named, are as expected
 * @param expected {@code allow} or {@code deny}
 * @param decision {@code allow}, {@code deny}, or {@code none} where none could be made
 * @param determining ids of the policies that decided
 * @param errors inside single policies
 */
public record TestOutcome(
        @JsonIgnore int index,
        String name,
        boolean passed,
        String expected,
        String decision,
        List<String> determining,
        List<String> errors) {

    public TestOutcome {
        determining = List.copyOf(determining);
        errors = List.copyOf(errors);
    }

    static TestOutcome of(int index, TestCase test, DecisionAnswer answer) {
        boolean passed = answer.allowed() == test.allow()
                && (test.determining() == null
                        || test.determining()
                                .equals(answer.determining().stream().sorted().toList()));
        return new TestOutcome(
                index,
                test.name(),
                passed,
                word(test.allow()),
                word(answer.allowed()),
                answer.determining(),
                answer.errors().stream()
                        .map(error -> error.policyId() + ": " + error.message())
                        .toList());
    }

    /** No decision could be made, which is no answer that a test can expect. */
    static TestOutcome undecided(int index, TestCase test, String why) {
        return new TestOutcome(index, test.name(), false, word(test.allow()), "none", List.of(), List.of(why));
    }

    private static String word(boolean allowed) {
        return allowed ? "allow" : "deny";
    }

    Fault fault() {
        return new Fault(
                "test_failed",
                "/tests/cases/" + index,
                "\"" + name + "\": expected " + expected + ", got " + decision + " by " + determining
                        + (errors.isEmpty() ? "" : ", errors " + errors));
    }
}
