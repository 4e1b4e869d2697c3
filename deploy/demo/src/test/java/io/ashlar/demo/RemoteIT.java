package io.ashlar.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.ashlar.local.Services.Service;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a cluster's smoke test runs in a pod, run here: nothing but URLs and passwords is known of the platform. */
class RemoteIT {

    @RegisterExtension
    static final SharedPlatform PLATFORM = new SharedPlatform();

    @Test
    void theJourneyCanBeRepeatedOnOnePlatform() throws Exception {
        for (int time = 0; time < 2; time++) {
            Report report = new Report(System.out);
            String run = "smoke-" + UUID.randomUUID();
            new Journey(Remote.of(environment()), new Flights.Sample(), report, SharedPlatform.files(), run).run();
            assertEquals(9, report.steps().size());
        }
    }

    @Test
    void theTrickleFailsNowhereWhileNothingIsRestarted() throws Exception {
        assertTrue(new Trickle(Remote.of(environment()), Duration.ofSeconds(3), Duration.ofMillis(50), () -> false)
                .run(System.out));
    }

    private static Map<String, String> environment() throws Exception {
        Platform platform = PLATFORM.platform();
        Map<String, String> environment = new HashMap<>();
        for (Service service : Service.values()) {
            environment.put(
                    "SMOKE_" + service.key().toUpperCase(Locale.ROOT) + "_URL",
                    platform.services().url(service).toString());
        }
        environment.put("SMOKE_TOKEN_URL", platform.endpoints().tokenUrl());
        environment.put(
                "SMOKE_USERS",
                new ObjectMapper()
                        .writeValueAsString(platform.endpoints().secrets().userPasswords()));
        return environment;
    }
}
