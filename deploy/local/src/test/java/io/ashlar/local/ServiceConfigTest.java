package io.ashlar.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ashlar.local.Endpoints.Address;
import io.ashlar.local.Stack.Server;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The configuration keys against {@code configuration.golden}: services map their own settings from exactly these. */
class ServiceConfigTest {

    private static Endpoints endpoints(Server... servers) {
        Map<Server, Address> addresses = Stream.of(servers)
                .collect(Collectors.toMap(
                        server -> server, server -> new Address("127.0.0.1", Endpoints.FIXED_PORTS.get(server))));
        Map<String, String> roles = Stream.of("authz", "filter", "ingest", "router", "export")
                .flatMap(service -> Stream.of("owner", "api", "system").map(use -> "ashlar_" + service + "_" + use))
                .collect(Collectors.toMap(role -> role, role -> "pw-" + role));
        roles.put("ashlar_router_probe", "pw-probe");
        return new Endpoints(
                addresses,
                Map.of(),
                "http://127.0.0.1:18080",
                "http://127.0.0.1:18080/token",
                new Endpoints.Secrets(
                        roles,
                        "pw-redis",
                        "access",
                        "secret",
                        TrialAccounts.SERVICES.stream().collect(Collectors.toMap(id -> id, id -> "pw-" + id)),
                        Map.of(),
                        "trial"));
    }

    @Test
    void keys_and_values_are_the_contract() throws IOException {
        StringBuilder actual = new StringBuilder();
        for (String service : ServiceConfig.SERVICES) {
            actual.append("# ").append(service).append('\n');
            new TreeMap<>(endpoints(Server.values()).quarkusConfig(service))
                    .forEach((key, value) ->
                            actual.append(key).append('=').append(value).append('\n'));
        }
        try (InputStream golden = ServiceConfigTest.class.getResourceAsStream("configuration.golden")) {
            assertThat(actual.toString()).isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void servers_that_are_not_there_leave_their_keys_out() {
        assertThat(endpoints(Server.REDIS).quarkusConfig("router"))
                .containsExactly(Map.entry("quarkus.redis.hosts", "redis://:pw-redis@127.0.0.1:16379"));
    }

    @Test
    void a_primary_alone_is_its_own_topology() {
        assertThat(endpoints(Server.DATA_PRIMARY).quarkusConfig("router"))
                .containsEntry("ashlar.router.topology.nodes", "127.0.0.1:15432");
        assertThat(endpoints(Server.DATA_PRIMARY).quarkusConfig("ingest"))
                .containsEntry("ashlar.ingest.database.url", "jdbc:postgresql://127.0.0.1:15432/data");
    }

    @Test
    void an_unknown_service_is_refused_with_those_that_are_known() {
        Endpoints endpoints = endpoints(Server.REDIS);
        assertThatThrownBy(() -> endpoints.quarkusConfig("reports")).hasMessageContaining("authz, filter, ingest");
    }

    @Test
    void secrets_do_not_show_in_text() {
        assertThat(endpoints(Server.values()).toString()).doesNotContain("pw-");
    }
}
