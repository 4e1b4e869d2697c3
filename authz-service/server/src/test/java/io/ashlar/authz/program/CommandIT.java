package io.ashlar.authz.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ashlar.local.Stack;
import io.ashlar.local.Stack.Server;
import io.ashlar.local.StackOptions;
import io.ashlar.local.process.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** What a migrations Job, an init container and a serving pod do, one after the other on one database. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class CommandIT {

    private static Stack stack;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() {
        stack = Stack.start(StackOptions.tests(Server.CONTROL, Server.KAFKA, Server.REDIS, Server.OIDC));
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    @Order(1)
    void waitingEndsAndSaysWhatIsMissing() throws Exception {
        Program wait = run(serving(), "await-schema", "1");
        assertThat(wait.status()).as(wait.out()).isEqualTo(1);
        assertThat(wait.out()).contains("schema=authz seconds=1 why=not applied: V1__principals_and_policies.sql");
    }

    @Test
    @Order(2)
    void theOwnerMigratesAndWhoeverServesSeesIt() throws Exception {
        Program wait = Program.start(directory.resolve("wait"), serving(), "await-schema", "100");
        await().until(() -> wait.out().contains("event=waiting"));

        Program migrate = run(owning(), "migrate");
        assertThat(migrate.status()).as(migrate.out()).isZero();
        assertThat(migrate.out()).containsPattern("event=schema_migrated schema=authz version=\\d+ applied=[1-9]");
        assertThat(wait.status()).as(wait.out()).isZero();
    }

    @Test
    @Order(3)
    void migratingAgainChangesNothing() throws Exception {
        Program migrate = run(owning(), "migrate");
        assertThat(migrate.status()).as(migrate.out()).isZero();
        assertThat(migrate.out()).contains("applied=0");
    }

    @Test
    @Order(4)
    void servesWithoutTheOwnersPassword() throws Exception {
        int port = Ports.free("127.0.0.1");
        int management = Ports.free("127.0.0.1");
        Map<String, String> configuration = serving();
        configuration.put("ashlar.authz.database.migrate-at-start", "false");
        configuration.put("quarkus.http.port", Integer.toString(port));
        configuration.put("quarkus.management.port", Integer.toString(management));
        Program server = Program.start(directory.resolve("server"), configuration);
        try {
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> !server.alive() || server.out().contains("Installed features"));
            Program probe = run(
                    Map.of(),
                    "probe",
                    "http://127.0.0.1:" + management + "/q/health/ready=200",
                    "http://127.0.0.1:" + port + "/api/v1/policies=401");
            assertThat(probe.status()).as(probe.out() + server.out()).isZero();
        } finally {
            server.end();
        }
    }

    @Test
    @Order(5)
    void saysWhatItDoesNotUnderstand() throws Exception {
        for (String[] wrong : new String[][] {{"migrat"}, {"await-schema"}, {"await-schema", "0"}, {"probe", "x"}}) {
            Program program = run(owning(), wrong);
            assertThat(program.status()).as(program.out()).isEqualTo(2);
            assertThat(program.out()).contains("commands:");
        }
    }

    @Test
    @Order(6)
    void needsTheOwnersNameToMigrate() throws Exception {
        Program program = run(serving(), "migrate");
        assertThat(program.status()).as(program.out()).isEqualTo(2);
        assertThat(program.out()).contains("ashlar.authz.database.owner.username is not set");
    }

    private Program run(Map<String, String> configuration, String... arguments)
            throws IOException, InterruptedException {
        Program program = Program.start(directory.resolve("tool"), configuration, arguments);
        program.status();
        return program;
    }

    private static Map<String, String> owning() {
        return stack.endpoints().quarkusConfig("authz");
    }

    /** What serving pods are given: nothing of the owner's. */
    private static Map<String, String> serving() {
        Map<String, String> configuration = new HashMap<>(owning());
        configuration.keySet().removeIf(key -> key.contains(".owner."));
        return configuration;
    }
}
