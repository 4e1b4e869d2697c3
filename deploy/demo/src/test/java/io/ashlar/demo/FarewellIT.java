package io.ashlar.demo;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.ashlar.local.Services.Instance;
import io.ashlar.local.Services.Service;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A service that is told to stop still answers for a while, and asks each client to come back on another connection. */
class FarewellIT {

    @RegisterExtension
    static final SharedPlatform PLATFORM = new SharedPlatform();

    @Test
    void answersAndLetsGo() throws Exception {
        Instance instance = PLATFORM.platform()
                .services()
                .start(Service.AUTHZ, Map.of("quarkus.shutdown.delay", "10s", "quarkus.shutdown.timeout", "2s"));
        assertEquals(Optional.empty(), ask(instance).headers().firstValue("Connection"));

        Thread stopping =
                Thread.ofVirtual().start(() -> PLATFORM.platform().services().stop(instance));

        await().atMost(Duration.ofSeconds(9)).untilAsserted(() -> {
            HttpResponse<String> answer = ask(instance);
            assertEquals(200, answer.statusCode());
            assertEquals(Optional.of("close"), answer.headers().firstValue("Connection"));
        });
        stopping.join();
        assertFalse(PLATFORM.platform().services().alive(instance));
    }

    private static HttpResponse<String> ask(Instance instance) throws Exception {
        URI uri = instance.url().resolve("/.well-known/authzen-configuration");
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
