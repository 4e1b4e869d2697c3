package io.ashlar.authz.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.ashlar.authz.call.CallFailedException;
import io.ashlar.authz.call.OnBehalfOf;
import io.ashlar.authz.call.ServiceCall;
import io.ashlar.authz.client.Authz;
import io.ashlar.authz.client.Decision;
import io.ashlar.authz.client.Decision.Outcome;
import io.ashlar.authz.client.EntityRef;
import io.ashlar.authz.client.RemoteAuthz;
import io.ashlar.authz.embedded.EmbeddedAuthz;
import io.ashlar.authz.feed.Clients;
import io.ashlar.local.Stack;
import io.ashlar.local.Stack.Server;
import io.ashlar.local.StackOptions;
import io.ashlar.local.Tokens;
import io.ashlar.local.process.Ports;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The only authz there is dies: whoever is guarded by it denies, says why, and lets in again once it is back. */
final class KilledIT {

    private static final UUID TENANT = UUID.fromString("11111111-1111-4111-8111-111111111111");
    private static final EntityRef ANA = EntityRef.user("ana");
    private static final EntityRef FLIGHTS = new EntityRef("Dataset", "flights");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static Stack stack;

    @TempDir
    private Path directory;

    private final int port = Ports.free("127.0.0.1");
    private final URI url = URI.create("http://127.0.0.1:" + port);

    @BeforeAll
    static void start() {
        stack = Stack.start(StackOptions.tests(Server.CONTROL, Server.KAFKA, Server.REDIS, Server.OIDC));
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void whoIsGuardedDeniesSaysWhyAndRecovers() throws Exception {
        Program server = program();
        try (RemoteAuthz remote = Clients.remote(stack.endpoints(), url, latency -> {});
                EmbeddedAuthz embedded = Clients.embedded(stack.endpoints(), url, latency -> {})) {
            tenantWithAViewer(server);
            OnBehalfOf user = new OnBehalfOf(TENANT, "ana");
            Map<String, Authz> guarded =
                    Map.of("remote", remote.onBehalfOf(user), "embedded", embedded.onBehalfOf(user));
            await().atMost(PATIENCE).until(() -> servesByItself(remote, embedded, guarded));

            server.kill();
            long killed = System.nanoTime();
            guarded.forEach((name, authz) -> denies(name, authz, killed));
            // Whoever said so beforehand goes on with what was last known, for as long as was said.
            guarded.forEach((name, authz) -> {
                Decision last = authz.lastKnown(Duration.ofMinutes(1)).check(ANA, "dataset.query", FLIGHTS);
                assertThat(last.outcome()).as(name + last).isEqualTo(Outcome.ALLOW);
                assertThat(last.age()).as(name).isLessThan(Duration.ofMinutes(1));
                assertThat(authz.lastKnown(Duration.ofMillis(1))
                                .check(ANA, "dataset.query", FLIGHTS)
                                .outcome())
                        .as(name)
                        .isEqualTo(Outcome.UNAVAILABLE);
            });

            server = program();
            await().atMost(PATIENCE).until(() -> servesByItself(remote, embedded, guarded));
        } finally {
            server.end();
        }
    }

    private static void denies(String name, Authz authz, long killedNanos) {
        await().atMost(Duration.ofSeconds(30)).pollInSameThread().until(() -> {
            long begun = System.nanoTime();
            Decision decision = authz.check(ANA, "dataset.query", FLIGHTS);
            assertThat(decision.allowed()
                            && begun - killedNanos > Duration.ofSeconds(1).toNanos())
                    .as("%s allowed more than a second after the relay's last word", name)
                    .isFalse();
            return !decision.allowed();
        });
        Decision denied = authz.check(ANA, "dataset.query", FLIGHTS);
        assertThat(denied.outcome()).as(name).isEqualTo(Outcome.UNAVAILABLE);
        assertThat(denied.errors()).as(name).first().asString().containsAnyOf("UNREACHABLE", "BREAKER_OPEN");
    }

    private static boolean servesByItself(RemoteAuthz remote, EmbeddedAuthz embedded, Map<String, Authz> guarded) {
        long hits = remote.stats().hits();
        long here = embedded.stats().here();
        for (int i = 0; i < 2; i++) {
            for (Authz authz : guarded.values()) {
                if (!authz.allowed(ANA, "dataset.query", FLIGHTS)) {
                    return false;
                }
            }
        }
        return remote.stats().hits() > hits && embedded.stats().here() > here + 1;
    }

    private Program program() throws IOException {
        Map<String, String> configuration = new HashMap<>(stack.endpoints().quarkusConfig("authz"));
        configuration.put("quarkus.http.port", Integer.toString(port));
        configuration.put("quarkus.management.port", Integer.toString(Ports.free("127.0.0.1")));
        return Program.start(directory.resolve("authz"), configuration);
    }

    private void tenantWithAViewer(Program server) throws IOException {
        Tokens tokens = Tokens.of(stack.endpoints());
        String ada = tokens.user("ada");
        try (ServiceCall operator = ServiceCall.to("authz", url)
                        .bearer(() -> tokens.user("olga"))
                        .build();
                ServiceCall admin =
                        ServiceCall.to("authz", url).bearer(() -> ada).build()) {
            await().atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(CallFailedException.class)
                    .until(() -> {
                        assertThat(server.alive()).as(server.out()).isTrue();
                        operator.put(
                                "/api/v1/tenants/" + TENANT,
                                Map.of("name", "Acme", "first_admin", "00000000-0000-4000-8000-000000000003"),
                                JsonNode.class);
                        return true;
                    });
            admin.put("/api/v1/users/ana", Map.of("roles", List.of("viewer")), JsonNode.class);
        }
    }
}
