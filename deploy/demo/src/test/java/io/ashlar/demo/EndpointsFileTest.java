package io.ashlar.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ashlar.local.Endpoints;
import io.ashlar.local.Endpoints.Address;
import io.ashlar.local.Stack.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndpointsFileTest {

    private static final String OUTER = "10.0.0.9";

    @TempDir
    private Path home;

    @Test
    void tellsServicesElsewhereAllTheyNeedAndNothingOfLoopback() throws IOException {
        EndpointsFile.write(home, endpoints(), Keys.random(), false);

        JsonNode file = new ObjectMapper().readTree(EndpointsFile.path(home).toFile());
        assertEquals(OUTER, file.path("listen_address").asText());
        assertEquals(OUTER + ":19094", file.path("servers").path("kafka").asText());
        assertEquals(
                "127.0.0.1:19092",
                file.path("servers_on_this_machine").path("kafka").asText());
        assertEquals("pw-ana", file.path("oidc").path("users").path("ana").asText());
        JsonNode configuration = file.path("configuration");
        assertEquals(5, configuration.size());
        assertFalse(configuration.toString().contains("127.0.0.1"), configuration.toString());
        assertEquals(
                configuration.path("filter").path("ashlar.filter.seal.keys"),
                configuration.path("router").path("ashlar.router.seal.keys"));
        assertEquals(
                "pw-ashlar_ingest_api",
                configuration
                        .path("ingest")
                        .path("ashlar.ingest.database.api.password")
                        .asText());
    }

    @Test
    void onlyItsUserCanReadIt() throws IOException {
        EndpointsFile.write(home, endpoints(), Keys.random(), true);

        assertEquals(
                PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(EndpointsFile.path(home)));
    }

    @Test
    void saysWhetherTheServicesAreThere() throws IOException {
        assertTrue(EndpointsFile.servicesStarted(home));
        EndpointsFile.write(home, endpoints(), Keys.random(), false);
        assertFalse(EndpointsFile.servicesStarted(home));
    }

    private static Endpoints endpoints() {
        Map<Server, Address> here = addresses("127.0.0.1");
        Map<Server, Address> outside = addresses(OUTER);
        outside.put(Server.KAFKA, new Address(OUTER, Endpoints.KAFKA_OUTSIDE_PORT));
        here.put(Server.S3, outside.get(Server.S3));
        here.put(Server.OIDC, outside.get(Server.OIDC));
        Map<String, String> roles = Stream.of("authz", "filter", "ingest", "router", "export")
                .flatMap(service -> Stream.of("owner", "api", "system").map(use -> "ashlar_" + service + "_" + use))
                .collect(Collectors.toMap(role -> role, role -> "pw-" + role));
        roles.put("ashlar_router_probe", "pw-probe");
        Map<String, String> clients = Stream.of("authz", "filter", "ingest", "router", "export")
                .collect(Collectors.toMap(service -> "ashlar-" + service, service -> "pw-" + service));
        String issuer = "http://" + OUTER + ":18080";
        return new Endpoints(
                here,
                outside,
                issuer,
                issuer + "/token",
                new Endpoints.Secrets(
                        roles, "pw-redis", "access", "secret", clients, Map.of("ana", "pw-ana"), "trial"));
    }

    private static Map<Server, Address> addresses(String host) {
        return Stream.of(Server.values())
                .collect(Collectors.toMap(
                        server -> server, server -> new Address(host, Endpoints.FIXED_PORTS.get(server))));
    }
}
