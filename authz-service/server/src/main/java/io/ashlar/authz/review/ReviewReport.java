package io.ashlar.authz.review;

import io.ashlar.filter.dsl.Fault;
import java.util.List;

/**
 * What a review found.
 *
 * @param validated by what: {@code schema}, or {@code syntax} where there is no schema
 * @param faults why the set cannot be put in force
 * @param warnings what its author should look at
 * @param tests how the test cases went; empty if there are none, or faults
 */
public record ReviewReport(String validated, List<Fault> faults, List<Fault> warnings, List<TestOutcome> tests) {

    public ReviewReport {
        faults = List.copyOf(faults);
        warnings = List.copyOf(warnings);
        tests = List.copyOf(tests);
    }

    /** Test cases that did not go as they should, as faults. */
    public List<Fault> failures() {
        return tests.stream()
                .filter(test -> !test.passed())
                .map(TestOutcome::fault)
                .toList();
    }
}
