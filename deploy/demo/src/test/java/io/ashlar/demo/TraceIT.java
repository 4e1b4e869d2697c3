package io.ashlar.demo;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ashlar.demo.Api.Answer;
import io.ashlar.local.Services.Service;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One trace follows a request through every service that works on it. */
class TraceIT {

    @RegisterExtension
    static final SharedPlatform PLATFORM = new SharedPlatform();

    @Test
    void anExportIsOneTraceAcrossExportFilterAuthzAndRouter() {
        Scenario scenario = new Scenario(PLATFORM.platform().target());
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        Answer accepted = SharedPlatform.answered(() -> PLATFORM.platform()
                        .api()
                        .post(
                                Service.EXPORT,
                                "/api/v1/exports",
                                scenario.token("ed"),
                                "{\"source\":\"flights\",\"format\":\"csv\",\"filters\":[]}",
                                Map.of("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")))
                .expect(202);

        await().atMost(ofMinutes(1)).until(() -> PLATFORM.platform()
                .api()
                .get(Service.EXPORT, "/api/v1/exports/" + accepted.string("id"), scenario.token("ed"), Map.of())
                .expect(200)
                .string("state")
                .equals("succeeded"));
        await().atMost(ofSeconds(30))
                .untilAsserted(() -> assertTrue(
                        crosses(PLATFORM.traces().spans(trace)),
                        PLATFORM.traces().spans(trace).toString()));
    }

    private static boolean crosses(Set<String> spans) {
        return List.of("export", "filter", "authz", "router").stream()
                .allMatch(service -> spans.stream().anyMatch(span -> span.startsWith("ashlar-" + service)));
    }
}
