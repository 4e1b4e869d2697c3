package io.ashlar.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ashlar.local.Stack.Server;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The demo as a test: every step throws unless it proves what it says. */
class DemoIT {

    @RegisterExtension
    static final SharedPlatform PLATFORM = new SharedPlatform();

    @AfterEach
    void bringTheReplicaBack() {
        PLATFORM.platform().stack().start(Server.DATA_REPLICA_1);
    }

    @Test
    void theMainJobRunsEndToEnd() {
        Report report = new Report(System.out);

        new Demo(PLATFORM.platform(), new Flights.Sample(), report, SharedPlatform.files()).run();

        report.print();
        assertEquals(11, report.steps().size());
        assertFalse(report.steps().stream().anyMatch(step -> step.proven().isBlank()));
        assertTrue(hitRate(report) > 100 * MixedLoad.RATE_MIN, "the caches' hits in the mixed load");
    }

    /** Per cent, as the line says it; the step itself has failed if it is not enough. */
    private static double hitRate(Report report) {
        Step load = report.steps().stream()
                .filter(step -> step.name().equals("mixed load"))
                .findFirst()
                .orElseThrow();
        Matcher rate = Pattern.compile("([0-9.]+) % of [0-9,]+ decisions out of the caches")
                .matcher(load.proven());
        assertTrue(rate.find(), load.proven());
        return Double.parseDouble(rate.group(1));
    }
}
