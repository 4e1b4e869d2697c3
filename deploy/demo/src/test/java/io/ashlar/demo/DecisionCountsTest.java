package io.ashlar.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ashlar.demo.DecisionCounts.Counts;
import io.ashlar.local.Services.Service;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DecisionCountsTest {

    private static final String ONE = """
            # HELP ashlar_guard_decisions_total questions to authz
            # TYPE ashlar_guard_decisions_total counter
            ashlar_guard_decisions_total{result="hit"} 90.0
            ashlar_guard_decisions_total{result="miss"} 10.0
            ashlar_guard_decisions_total{result="stale"} 2.0
            ashlar_guard_decisions_total{result="unavailable"} 1.0
            ashlar_guard_changes_lag_seconds 0.2
            """;

    private static final String OTHER = """
            ashlar_guard_decisions_total{pod="b",result="hit",} 1.1E2
            ashlar_guard_decisions_total{pod="b",result="miss",} 0.0 1700000000
            """;

    private static final String NONE = "http_server_requests_seconds_count{uri=\"/\"} 7.0\n";

    @Test
    void addsUpTheInstancesOfAService() {
        DecisionCounts counts = DecisionCounts.of(Map.of(Service.FILTER, List.of(ONE, OTHER)));

        assertEquals(Map.of(Service.FILTER, new Counts(200, 10, 2)), counts.byService());
    }

    @Test
    void leavesOutWhoHasNoSuchMeter() {
        DecisionCounts counts =
                DecisionCounts.of(Map.of(Service.AUTHZ, List.of(NONE), Service.EXPORT, List.of(NONE, ONE)));

        assertEquals(Map.of(Service.EXPORT, new Counts(90, 10, 2)), counts.byService());
    }

    @Test
    void subtractsWhatWasBefore() {
        DecisionCounts before = DecisionCounts.of(Map.of(Service.FILTER, List.of(ONE)));
        DecisionCounts after =
                DecisionCounts.of(Map.of(Service.FILTER, List.of(ONE, OTHER), Service.INGEST, List.of(ONE)));

        DecisionCounts load = after.since(before);

        assertEquals(
                Map.of(Service.FILTER, new Counts(110, 0, 0), Service.INGEST, new Counts(90, 10, 2)), load.byService());
        assertEquals(new Counts(200, 10, 2), load.all());
        assertEquals(200 / 210.0, load.all().rate());
        assertEquals("filter 100 %, ingest 90 %", load.toString());
    }

    @Test
    void ofNothingThereIsNoRate() {
        assertTrue(Double.isNaN(Counts.NONE.rate()));
    }
}
