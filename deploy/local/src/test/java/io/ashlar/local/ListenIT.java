package io.ashlar.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ashlar.local.Endpoints.Address;
import io.ashlar.local.Stack.Server;
import io.ashlar.local.postgres.Asking;
import io.ashlar.local.postgres.Roles;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Node;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Servers that listen on a second address, as for services in containers on this machine. */
@DisabledIfSystemProperty(
        named = "ashlar.stack",
        matches = "containers",
        disabledReason = "containers are published on loopback alone")
@EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux has more than one loopback address from the start")
class ListenIT {

    private static final String ADDRESS = "127.0.0.2";
    private static final ObjectMapper JSON = new ObjectMapper();

    private static Stack stack;
    private static Endpoints here;
    private static Endpoints outside;

    @BeforeAll
    static void start() {
        stack = Stack.start(StackOptions.tests().withListenAddress(ADDRESS));
        here = stack.endpoints();
        outside = here.fromOutside();
    }

    @AfterAll
    static void close() {
        stack.close();
    }

    @Test
    void everything_from_outside_is_at_the_address() {
        assertThat(outside.addresses().keySet()).isEqualTo(here.addresses().keySet());
        assertThat(outside.addresses().values()).extracting(Address::host).containsOnly(ADDRESS);
        for (String service : ServiceConfig.SERVICES) {
            assertThat(outside.quarkusConfig(service).values()).noneMatch(value -> value.contains("127.0.0.1"));
        }
    }

    @Test
    void postgres_takes_the_password_and_nothing_else_on_both() throws SQLException {
        for (Server server : List.of(Server.DATA_PRIMARY, Server.DATA_REPLICA_2, Server.CONTROL)) {
            for (Endpoints side : List.of(here, outside)) {
                String role = server == Server.CONTROL ? "ashlar_authz_api" : Roles.PROBE;
                assertThat(new Asking(side.jdbcUrl(server), role, side.databasePassword(role))
                                .scalar("SELECT inet_server_addr()"))
                        .isEqualTo(side.address(server).host());
                assertThatThrownBy(() -> new Asking(side.jdbcUrl(server), role, "wrong").scalar("SELECT 1"))
                        .hasMessageContaining("password authentication failed");
            }
        }
    }

    @Test
    void kafka_tells_each_side_the_address_it_came_by() throws Exception {
        for (Endpoints side : List.of(here, outside)) {
            try (Admin admin =
                    Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, side.kafkaBootstrap()))) {
                List<Node> nodes = List.copyOf(admin.describeCluster().nodes().get(30, TimeUnit.SECONDS));
                assertThat(nodes)
                        .extracting(node -> node.host() + ":" + node.port())
                        .containsExactly(side.kafkaBootstrap());
                assertThat(admin.listTopics().names().get(30, TimeUnit.SECONDS)).contains("ashlar.telemetry.v1");
            }
        }
        assertThat(here.kafkaBootstrap()).isNotEqualTo(outside.kafkaBootstrap());
    }

    @Test
    void redis_asks_both_for_its_password() throws IOException {
        for (Endpoints side : List.of(here, outside)) {
            Address redis = side.address(Server.REDIS);
            assertThat(redis(redis, "PING")).startsWith("-NOAU");
            assertThat(redis(redis, "AUTH " + side.secrets().redisPassword())).startsWith("+OK");
        }
    }

    @Test
    void the_issuer_is_one_and_names_the_address() throws IOException {
        assertThat(here.issuer()).isEqualTo(outside.issuer()).startsWith("http://" + ADDRESS + ":");
        JsonNode discovery = get(here.issuer() + "/.well-known/openid-configuration");
        assertThat(discovery.path("issuer").asText()).isEqualTo(here.issuer());
        assertThat(get(discovery.path("jwks_uri").asText()).path("keys")).hasSize(1);
        assertThat(claims(Tokens.of(here).service("ashlar-router")).path("iss").asText())
                .isEqualTo(here.issuer());
    }

    @Test
    void objects_are_where_signed_links_will_say() throws Exception {
        assertThat(here.s3Url()).isEqualTo(outside.s3Url());
        Signed signed = new Signed(here.secrets().s3AccessKey(), here.secrets().s3SecretKey(), Endpoints.S3_REGION);
        URI object = here.s3Url().resolve("/" + Endpoints.EXPORT_BUCKET + "/listen.csv");
        assertThat(signed.send("PUT", object, "a")).isEqualTo("200 ");
        assertThat(signed.send("GET", object, "")).isEqualTo("200 a");
    }

    @Test
    void a_kept_stack_that_turns_outwards_changes_the_documented_passwords() throws IOException {
        String machine = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .map(address -> address.getHostAddress())
                .findFirst()
                .orElse("");
        assumeTrue(!machine.isEmpty(), "SKIPPED: this machine has no address but loopback");
        StackOptions options = StackOptions.tests(Server.OIDC).withKeepData(true);
        Path data = EmbeddedServers.data(options.directory());
        try {
            try (Stack loopback = Stack.start(options)) {
                assertThat(Tokens.of(loopback.endpoints()).user("ana", "ana-trial"))
                        .isNotEmpty();
            }
            try (Stack outwards = Stack.start(options.withListenAddress(machine))) {
                Tokens tokens = Tokens.of(outwards.endpoints());
                assertThat(claims(tokens.user("ana")).path("iss").asText()).contains(machine);
                assertThatThrownBy(() -> tokens.user("ana", "ana-trial")).hasMessageContaining("invalid_grant");
            }
        } finally {
            io.ashlar.local.process.Directories.delete(data);
        }
    }

    private static String redis(Address address, String command) throws IOException {
        try (Socket socket = new Socket(address.host(), address.port())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(5), StandardCharsets.US_ASCII);
        }
    }

    private static JsonNode get(String url) throws IOException {
        return JSON.readTree(URI.create(url).toURL().openStream());
    }

    private static JsonNode claims(String token) throws IOException {
        return JSON.readTree(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]));
    }
}
