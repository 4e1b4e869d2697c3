package io.ashlar.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.ashlar.local.Stack.Server;
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
        assertEquals(10, report.steps().size());
        assertFalse(report.steps().stream().anyMatch(step -> step.proven().isBlank()));
    }
}
