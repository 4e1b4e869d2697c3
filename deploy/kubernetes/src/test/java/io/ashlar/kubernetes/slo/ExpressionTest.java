package io.ashlar.kubernetes.slo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {

    @Test
    void findsNamesWithTheLabelsTheyNeed() {
        assertEquals(
                Set.of("jobs_total{outcome}", "jobs_bucket{le=0.5,uri}", "lag_seconds"),
                Expression.of("""
                                sum by (service) (rate(jobs_total{service="a, b{",outcome=~"x|y"}[5m])) > 0
                                or 1 - min(lag_seconds{namespace="n"} <= bool 5)
                                unless on (uri) sum without (le) (rate(jobs_bucket{le="0.5",uri!~"/api.+"}[$__rate_interval]))
                                """).series());
    }

    @Test
    void groupingNeedsItsLabelsToo() {
        assertEquals(
                Set.of("wait_sum{outcome}", "wait_count{outcome}"),
                Expression.of("sum by (outcome, instance) (rate(wait_sum{service=\"r\"}[5m])) / sum by (outcome)"
                                + " (rate(wait_count{service=\"r\"}[5m]))")
                        .series());
    }

    @Test
    void tellsWhatIsExposedFromWhatIsRecorded() {
        Expression expression =
                Expression.of("slo:error_budget:ratio{sloth_id=\"a\"} and on () count(up{job=\"x\"} == 1)"
                        + " or ashlar:slo_bad:bool{} or lag_seconds{}");

        assertEquals(Set.of("lag_seconds"), expression.exposed());
        assertEquals(Set.of("slo:error_budget:ratio", "ashlar:slo_bad:bool"), expression.recorded());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sum(rate(bare_name[5m]))",
                "bare_name > 1",
                "deriv(known_name{}[5m])",
                "known{} + unknown",
            })
    void aWordItDoesNotUnderstandIsAnError(String promql) {
        assertThrows(IllegalArgumentException.class, () -> Expression.of(promql));
    }
}
