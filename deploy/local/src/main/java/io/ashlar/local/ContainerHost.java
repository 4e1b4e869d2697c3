package io.ashlar.local;

import io.ashlar.local.Endpoints.Address;
import io.ashlar.local.Stack.Server;
import io.ashlar.local.containers.Contents;
import io.ashlar.local.containers.Engine;
import io.ashlar.local.containers.Image;
import io.ashlar.local.kafka.KafkaNode;
import io.ashlar.local.kafka.KafkaServer;
import io.ashlar.local.postgres.PostgresNode;
import io.ashlar.local.postgres.PostgresServer;
import io.ashlar.local.postgres.PostgresTemplate;
import io.ashlar.local.postgres.Roles;
import io.ashlar.local.process.Answering;
import io.ashlar.local.process.Running;
import io.ashlar.local.redis.RedisNode;
import io.ashlar.local.redis.RedisServer;
import io.ashlar.local.s3.S3Node;
import io.ashlar.local.s3.S3Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Every server but the issuer in a container of its own. The issuer is a child process: its trial endpoints answer this
 * machine only, and what comes through a published port comes from elsewhere.
 */
final class ContainerHost implements ServerHost {

    private static final int POSTGRES_PORT = 5_432;
    private static final int REDIS_PORT = 6_379;
    private static final int S3_PORT = 9_000;
    private static final int CONTROLLER_PORT = 9_093;
    private static final long MEGABYTE = 1 << 20;

    private final Path directory;
    private final StackState state;
    private final EmbeddedServers servers;
    private final Map<Server, String> ids = new ConcurrentHashMap<>();
    private final Hands hands;

    /**
     * What the servers are held by.
     *
     * @param engine null for who only holds on to what another started
     * @param processes of the issuer; null without one
     */
    record Hands(@Nullable Engine engine, @Nullable ProcessHost processes) {}

    ContainerHost(Path directory, StackState state, EmbeddedServers servers, Hands hands) {
        this.directory = directory;
        this.state = state;
        this.servers = servers;
        this.hands = hands;
        this.ids.putAll(state.containers());
    }

    /** By server; grows as servers start. */
    Map<Server, String> ids() {
        return Map.copyOf(ids);
    }

    @Override
    public Set<Server> servers() {
        return state.endpoints().addresses().keySet();
    }

    private Optional<ProcessHost> processOf(Server server) {
        return server == Server.OIDC ? Optional.ofNullable(hands.processes()) : Optional.empty();
    }

    @Override
    public Answering answering(Server server) {
        Address address = state.endpoints().address(server);
        return switch (server) {
            case DATA_PRIMARY, DATA_REPLICA_1, DATA_REPLICA_2, CONTROL -> postgres(server);
            case KAFKA -> new KafkaNode(new KafkaServer.Listener(address.host(), address.port()));
            case REDIS ->
                new RedisNode(
                        address.host(),
                        address.port(),
                        state.endpoints().secrets().redisPassword());
            case S3 -> new S3Node(address.host(), address.port());
            case OIDC -> processOf(server).orElseThrow().answering(server);
        };
    }

    @Override
    public PostgresNode postgres(Server server) {
        Address address = state.endpoints().address(server);
        Roles made =
                switch (server) {
                    case DATA_PRIMARY -> servers.dataRoles();
                    case CONTROL -> servers.controlRoles();
                    case DATA_REPLICA_1, DATA_REPLICA_2, KAFKA, REDIS, S3, OIDC -> null;
                };
        return new PostgresNode(
                address.host(), address.port(), state.endpoints().databasePassword(Endpoints.SUPERUSER), made);
    }

    @Override
    public PostgresServer.Upstream upstream(Server replica, Server leader) {
        return new PostgresServer.Upstream(
                leader.label(),
                POSTGRES_PORT,
                EmbeddedServers.slot(replica),
                state.endpoints().databasePassword(Roles.REPLICATION));
    }

    @Override
    public Running launch(Server server) throws IOException {
        Optional<ProcessHost> process = processOf(server);
        if (process.isPresent()) {
            return process.get().launch(server);
        }
        Contents contents = contents(server);
        String id = ids.get(server);
        if (id != null) {
            return Engine.start(contents, id);
        }
        Engine engine = hands.engine();
        if (engine == null) {
            throw new IOException(server + " was never started");
        }
        String fresh = engine.create(contents);
        ids.put(server, fresh);
        return Engine.find(contents, fresh).orElseThrow(() -> new IOException(server + " ended at once"));
    }

    @Override
    public Optional<Running> find(Server server) {
        Optional<ProcessHost> process = processOf(server);
        if (process.isPresent()) {
            return process.get().find(server);
        }
        String id = ids.get(server);
        return id == null ? Optional.empty() : Engine.find(contents(server), id);
    }

    @Override
    public Path log(Server server) {
        return directory.resolve("logs").resolve(server.label() + ".log");
    }

    @Override
    public void close() {
        Engine engine = hands.engine();
        if (engine != null) {
            engine.close();
        }
        ProcessHost processes = hands.processes();
        if (processes != null) {
            processes.close();
        }
        try {
            Files.deleteIfExists(StackState.file(directory));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Contents contents(Server server) {
        return switch (server) {
            case DATA_PRIMARY, DATA_REPLICA_1, DATA_REPLICA_2, CONTROL ->
                contents(server, Image.POSTGRES, POSTGRES_PORT, 512, postgresFiles(server), "SIGINT");
            case KAFKA -> {
                // Inside and outside the same port: what it tells its clients is then true for itself too.
                int port = state.endpoints().address(server).port();
                yield contents(server, Image.KAFKA, port, 768, kafkaFiles(port), "SIGTERM");
            }
            case REDIS -> contents(server, Image.REDIS, REDIS_PORT, 256, redisFiles(), "SIGTERM");
            case S3 -> contents(server, Image.S3, S3_PORT, 512, s3Files(), "SIGTERM");
            case OIDC -> throw new IllegalArgumentException("the issuer is no container");
        };
    }

    private Contents contents(
            Server server, Image image, int port, int megabytes, Map<String, String> texts, String stopSignal) {
        return new Contents(
                server.label(),
                image,
                port,
                state.endpoints().address(server).port(),
                megabytes * MEGABYTE,
                Contents.texts(texts),
                stopSignal,
                log(server));
    }

    private Map<String, String> postgresFiles(Server server) {
        String settings = PostgresTemplate.SETTINGS + """
                listen_addresses = '*'
                fsync = off
                full_page_writes = off
                """;
        Map<String, String> files =
                new HashMap<>(Map.of("postgresql.conf", settings, "pg_hba.conf", PostgresTemplate.ACCESS));
        if (server.isReplica()) {
            files.put("standby.conf", upstream(server, Server.DATA_PRIMARY).settings());
        } else {
            // Letters and digits only, as RandomSecret makes it.
            files.put(
                    "superuser.sql",
                    "ALTER ROLE postgres PASSWORD '" + state.endpoints().databasePassword(Endpoints.SUPERUSER) + "'\n");
        }
        return files;
    }

    private Map<String, String> kafkaFiles(int port) {
        String configuration = KafkaServer.configuration(
                "/data/log", "PLAINTEXT://0.0.0.0:" + port, "PLAINTEXT://127.0.0.1:" + port, CONTROLLER_PORT);
        return Map.of(
                "server.properties",
                configuration,
                "log4j2.yaml",
                KafkaServer.LOGGING,
                "cluster-id",
                KafkaServer.CLUSTER_ID + "\n");
    }

    private Map<String, String> redisFiles() {
        return Map.of(
                "redis.conf",
                RedisServer.configuration(
                        List.of("0.0.0.0"),
                        REDIS_PORT,
                        state.endpoints().secrets().redisPassword(),
                        "/data",
                        false));
    }

    private Map<String, String> s3Files() {
        Endpoints.Secrets secrets = state.endpoints().secrets();
        return Map.of(
                "s3proxy.properties",
                S3Server.configuration(
                        "0.0.0.0", S3_PORT, secrets.s3AccessKey(), secrets.s3SecretKey(), "/data/objects"),
                "logback.xml",
                S3Server.LOGGING,
                "bucket",
                Endpoints.EXPORT_BUCKET + "\n");
    }
}
