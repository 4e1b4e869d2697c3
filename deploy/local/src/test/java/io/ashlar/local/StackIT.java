package io.ashlar.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ashlar.local.Stack.Server;
import io.ashlar.local.postgres.Asking;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every test leaves the shared stack as it found it: whole. */
class StackIT {

    private static final Duration SOON = Duration.ofSeconds(15);

    @RegisterExtension
    static final StackExtension STACK = StackExtension.of();

    @Test
    void both_replicas_replay_what_the_primary_commits() throws SQLException {
        superuser(Server.DATA_PRIMARY).execute("CREATE TABLE public.replayed AS SELECT 1 AS id");
        for (Server replica : new Server[] {Server.DATA_REPLICA_1, Server.DATA_REPLICA_2}) {
            assertThat(superuser(replica).scalar("SELECT pg_is_in_recovery()")).isEqualTo("t");
            await().atMost(SOON).ignoreExceptions().until(() -> superuser(replica)
                    .scalar("SELECT id FROM public.replayed")
                    .equals("1"));
        }
        await().atMost(SOON).until(() -> superuser(Server.DATA_PRIMARY)
                .scalar("SELECT count(*) FROM pg_replication_slots WHERE active AND slot_type = 'physical'")
                .equals("2"));
    }

    @Test
    void a_paused_replay_grows_stale_while_the_replica_answers() throws SQLException {
        Stack stack = STACK.stack();
        superuser(Server.DATA_PRIMARY).execute("CREATE TABLE public.paused (id INT)");
        stack.pauseReplay(Server.DATA_REPLICA_1);
        try {
            superuser(Server.DATA_PRIMARY).execute("CREATE TABLE public.unseen (id INT)");
            // The other replica shows that the WAL has gone out.
            await().atMost(SOON).until(() -> table(Server.DATA_REPLICA_2, "unseen"));
            assertThat(table(Server.DATA_REPLICA_1, "unseen")).isFalse();
        } finally {
            stack.resumeReplay(Server.DATA_REPLICA_1);
        }
        await().atMost(SOON).until(() -> table(Server.DATA_REPLICA_1, "unseen"));
    }

    @ParameterizedTest
    @EnumSource(Server.class)
    void a_killed_server_is_gone_and_comes_back_on_its_port_and_data(Server server) throws Exception {
        Stack stack = STACK.stack();
        if (server.isPostgres() && !server.isReplica()) {
            superuser(server).execute("CREATE TABLE public.survives AS SELECT 42 AS answer");
        }
        stack.kill(server);
        try {
            assertThat(stack.alive(server)).isFalse();
            assertThatThrownBy(() -> connect(server)).isInstanceOf(IOException.class);
        } finally {
            stack.start(server);
        }
        assertThat(stack.alive(server)).isTrue();
        connect(server);
        if (server.isPostgres() && !server.isReplica()) {
            assertThat(superuser(server).scalar("SELECT answer FROM public.survives"))
                    .isEqualTo("42");
            superuser(server).execute("DROP TABLE public.survives");
        }
        if (server == Server.KAFKA) {
            assertThat(topics()).containsKey("ashlar.telemetry.v1");
        }
    }

    @Test
    void a_restart_in_order_keeps_the_issuers_key() {
        Tokens tokens = Tokens.of(STACK.endpoints());
        String before = header(tokens.user("ana"));
        STACK.stack().restart(Server.OIDC);
        assertThat(header(tokens.user("ana"))).isEqualTo(before);
    }

    @Test
    void a_paused_server_accepts_connections_and_says_nothing() throws IOException {
        Stack stack = STACK.stack();
        stack.pause(Server.REDIS);
        try {
            assertThat(stack.alive(Server.REDIS)).isTrue();
            assertThatThrownBy(() -> ping(500)).isInstanceOf(SocketTimeoutException.class);
        } finally {
            stack.resume(Server.REDIS);
        }
        assertThat(ping(5_000)).isEqualTo("+OK");
    }

    @Test
    void a_paused_primary_answers_nobody_until_it_goes_on() throws SQLException {
        Stack stack = STACK.stack();
        stack.pause(Server.CONTROL);
        try {
            Endpoints endpoints = STACK.endpoints();
            Asking impatient = new Asking(
                    endpoints.jdbcUrl(Server.CONTROL) + "?loginTimeout=2",
                    Endpoints.SUPERUSER,
                    endpoints.databasePassword(Endpoints.SUPERUSER));
            assertThatThrownBy(() -> impatient.scalar("SELECT 1")).isInstanceOf(SQLException.class);
        } finally {
            stack.resume(Server.CONTROL);
        }
        assertThat(superuser(Server.CONTROL).scalar("SELECT 1")).isEqualTo("1");
    }

    @Test
    void the_topics_of_the_house_are_there_and_no_other_can_come_by_itself() throws Exception {
        assertThat(topics())
                .isEqualTo(Map.of(
                        "ashlar.telemetry.v1", "12 LogAppendTime",
                        "ashlar.audit.v1", "6 LogAppendTime",
                        "ashlar.authz.changes.v1", "1 CreateTime",
                        "ashlar.exports.v1", "3 CreateTime",
                        "ashlar.telemetry.dead.v1", "3 CreateTime"));
        try (Admin admin = admin()) {
            ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, "1");
            Config config = admin.describeConfigs(java.util.List.of(broker))
                    .all()
                    .get(30, TimeUnit.SECONDS)
                    .get(broker);
            assertThat(config.get("auto.create.topics.enable").value()).isEqualTo("false");
        }
    }

    @Test
    void s3_serves_who_signs_and_nobody_else() throws Exception {
        Endpoints endpoints = STACK.endpoints();
        Signed signed = new Signed(
                endpoints.secrets().s3AccessKey(), endpoints.secrets().s3SecretKey(), Endpoints.S3_REGION);
        URI object = endpoints.s3Url().resolve("/" + Endpoints.EXPORT_BUCKET + "/a/b.csv");
        assertThat(signed.send("PUT", object, "one,two")).isEqualTo("200 ");
        assertThat(signed.send("GET", object, "")).isEqualTo("200 one,two");
        assertThat(new Signed(endpoints.secrets().s3AccessKey(), "wrong", Endpoints.S3_REGION).send("GET", object, ""))
                .startsWith("403");
        for (URI uri : new URI[] {object, endpoints.s3Url().resolve("/" + Endpoints.EXPORT_BUCKET)}) {
            HttpURLConnection anonymous = (HttpURLConnection) uri.toURL().openConnection();
            assertThat(anonymous.getResponseCode()).as("anonymous %s", uri).isIn(403, 404);
        }
    }

    @Test
    void another_class_loader_or_process_can_take_hold_of_the_stack() {
        Stack stack = STACK.stack();
        try (Stack attached = Stack.attach(stack.directory())) {
            assertThat(attached.endpoints()).isEqualTo(stack.endpoints());
            attached.restart(Server.REDIS);
        }
        assertThat(stack.alive(Server.REDIS)).isTrue();
    }

    @Test
    void secrets_are_in_files_that_only_their_user_can_read_and_never_on_a_command_line() throws Exception {
        Endpoints endpoints = STACK.endpoints();
        assertThat(java.nio.file.Files.getPosixFilePermissions(
                        STACK.stack().directory().resolve("stack.json")))
                .hasSize(2);
        String commands = ProcessHandle.allProcesses()
                .map(process -> process.info().commandLine().orElse(""))
                .collect(java.util.stream.Collectors.joining("\n"));
        assertThat(commands)
                .doesNotContain(endpoints.secrets().redisPassword())
                .doesNotContain(endpoints.secrets().s3SecretKey())
                .doesNotContain(endpoints.databasePassword(Endpoints.SUPERUSER));
        assertThat(endpoints.toString()).doesNotContain(endpoints.secrets().redisPassword());
    }

    private static Asking superuser(Server server) {
        Endpoints endpoints = STACK.endpoints();
        return new Asking(
                endpoints.jdbcUrl(server), Endpoints.SUPERUSER, endpoints.databasePassword(Endpoints.SUPERUSER));
    }

    private static boolean table(Server server, String name) throws SQLException {
        return superuser(server)
                .scalar("SELECT to_regclass('public.' || ?) IS NOT NULL", name)
                .equals("t");
    }

    private static void connect(Server server) throws IOException {
        Endpoints.Address address = STACK.endpoints().address(server);
        try (Socket socket = new Socket(address.host(), address.port())) {
            assertThat(socket.isConnected()).isTrue();
        }
    }

    private static String ping(int timeoutMillis) throws IOException {
        Endpoints.Address address = STACK.endpoints().address(Server.REDIS);
        try (Socket socket = new Socket(address.host(), address.port())) {
            socket.setSoTimeout(timeoutMillis);
            socket.getOutputStream()
                    .write(("AUTH " + STACK.endpoints().secrets().redisPassword() + "\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(3), StandardCharsets.US_ASCII);
        }
    }

    private static Map<String, String> topics() throws Exception {
        try (Admin admin = admin()) {
            Map<String, String> found = new TreeMap<>();
            var names = admin.listTopics().names().get(30, TimeUnit.SECONDS);
            for (TopicDescription topic : admin.describeTopics(names)
                    .allTopicNames()
                    .get(30, TimeUnit.SECONDS)
                    .values()) {
                ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
                String time = admin.describeConfigs(java.util.List.of(resource))
                        .all()
                        .get(30, TimeUnit.SECONDS)
                        .get(resource)
                        .get("message.timestamp.type")
                        .value();
                found.put(topic.name(), topic.partitions().size() + " " + time);
            }
            return found;
        }
    }

    private static Admin admin() {
        return Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, STACK.endpoints().kafkaBootstrap()));
    }

    private static String header(String token) {
        return token.substring(0, token.indexOf('.'));
    }
}
