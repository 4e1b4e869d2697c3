package io.ashlar.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MetricsPageTest {

    private static final MetricsPage PAGE = MetricsPage.read("""
            # HELP requests_seconds
            # TYPE requests_seconds histogram
            requests_seconds_bucket{uri="/a/{id}",status="200",le="0.5",} 3.0
            requests_seconds_count{uri="a, b=\\"c\\"",status="200"} 3
            lag_seconds NaN
            timed_total{outcome="ok"} 3.0 # {span_id="1",trace_id="2"} 0.004 1795286189.1
            """);

    @Test
    void findsWhatIsThere() {
        assertEquals(
                Set.of("requests_seconds_bucket", "requests_seconds_count", "lag_seconds", "timed_total"),
                PAGE.names());
        assertEquals(
                Set.of(),
                PAGE.missing(List.of(
                        "lag_seconds",
                        "requests_seconds_bucket{le=0.5,status,uri}",
                        "requests_seconds_count{uri}",
                        "timed_total{outcome}")));
    }

    @Test
    void namesEverythingThatIsNot() {
        List<String> wanted = List.of(
                "made_up_total",
                "lag_seconds{node}",
                "requests_seconds_bucket{le=0.25}",
                "requests_seconds_count{b}",
                "timed_total{trace_id}",
                "lag_seconds");

        assertEquals(Set.copyOf(wanted.subList(0, 5)), PAGE.missing(wanted));
    }
}
