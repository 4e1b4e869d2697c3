package io.ashlar.demo;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.ashlar.local.Services.Instance;
import io.ashlar.local.Services.Service;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A service that is told to stop still answers for a while, and asks each client to come back on another connection. */
class FarewellIT {

    @RegisterExtension
    static final SharedPlatform PLATFORM = new SharedPlatform();

    /** One of each kind of connection, to one service: starting it takes longer than anything else here. */
    private record Client(HttpClient http, CountedConnections connections) implements AutoCloseable {

        static Client of(HttpClient.Version version, URI service) throws IOException {
            return new Client(HttpClient.newBuilder().version(version).build(), new CountedConnections(service));
        }

        @Override
        public void close() throws IOException {
            http.close();
            connections.close();
        }
    }

    @Test
    void answersAndLetsGoInBothVersionsOfTheProtocol() throws Exception {
        Instance instance = PLATFORM.platform()
                .services()
                .start(Service.AUTHZ, Map.of("quarkus.shutdown.delay", "8s", "quarkus.shutdown.timeout", "2s"));
        try (Client one = Client.of(HttpClient.Version.HTTP_1_1, instance.url());
                Client two = Client.of(HttpClient.Version.HTTP_2, instance.url())) {
            List<Client> clients = List.of(one, two);
            for (Client client : clients) {
                ask(client);
                ask(client);
                assertEquals(1, client.connections().count(), "the connection is kept while nobody leaves");
            }

            Thread stopping = Thread.ofVirtual()
                    .start(() -> PLATFORM.platform().services().stop(instance));

            await().atMost(Duration.ofSeconds(7)).until(() -> {
                for (Client client : clients) {
                    ask(client);
                }
                return clients.stream().allMatch(client -> client.connections().count() > 2);
            });
            stopping.join();
        }
        assertFalse(PLATFORM.platform().services().alive(instance));
    }

    /** Every answer is one, also while the service is about to go. */
    private static void ask(Client client) throws Exception {
        URI uri = client.connections().url().resolve("/.well-known/authzen-configuration");
        HttpResponse<String> answer =
                client.http().send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(200, answer.statusCode());
    }
}
