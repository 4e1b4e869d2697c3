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
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A service that is told to stop still answers for a while, and asks each client to come back on another connection. */
class FarewellIT {

    @RegisterExtension
    static final SharedPlatform PLATFORM = new SharedPlatform();

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void answersAndLetsGo(HttpClient.Version version) throws Exception {
        Instance instance = PLATFORM.platform()
                .services()
                .start(Service.AUTHZ, Map.of("quarkus.shutdown.delay", "10s", "quarkus.shutdown.timeout", "2s"));
        try (CountedConnections connections = new CountedConnections(instance.url());
                HttpClient http = HttpClient.newBuilder().version(version).build()) {
            ask(http, connections);
            ask(http, connections);
            assertEquals(1, connections.count(), "the connection is kept while nobody leaves");

            Thread stopping = Thread.ofVirtual()
                    .start(() -> PLATFORM.platform().services().stop(instance));

            await().atMost(Duration.ofSeconds(9)).until(() -> {
                ask(http, connections);
                return connections.count() > 2;
            });
            stopping.join();
        }
        assertFalse(PLATFORM.platform().services().alive(instance));
    }

    /** Every answer is one, also while the service is about to go. */
    private static void ask(HttpClient http, CountedConnections connections) throws Exception {
        URI uri = connections.url().resolve("/.well-known/authzen-configuration");
        HttpResponse<String> answer =
                http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(200, answer.statusCode());
    }
}
