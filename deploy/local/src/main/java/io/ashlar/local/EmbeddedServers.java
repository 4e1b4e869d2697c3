package io.ashlar.local;

import io.ashlar.local.Endpoints.Address;
import io.ashlar.local.Stack.Server;
import io.ashlar.local.kafka.KafkaServer;
import io.ashlar.local.keycloak.KeycloakServer;
import io.ashlar.local.oidc.Account;
import io.ashlar.local.oidc.IssuerServer;
import io.ashlar.local.oidc.IssuerSettings;
import io.ashlar.local.postgres.PostgresServer;
import io.ashlar.local.postgres.PostgresTemplate;
import io.ashlar.local.postgres.Roles;
import io.ashlar.local.postgres.Unprivileged;
import io.ashlar.local.process.Artifacts;
import io.ashlar.local.process.ClassArchive;
import io.ashlar.local.process.OwnClasses;
import io.ashlar.local.process.Program;
import io.ashlar.local.redis.RedisServer;
import io.ashlar.local.s3.S3Server;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the program of each server from the stack's state. */
final class EmbeddedServers {

    private static final int TOKEN_SECONDS = 600;

    private final StackState state;
    private final Path directory;
    private final Path data;
    private final Artifacts artifacts;
    private final Path cache;

    EmbeddedServers(StackState state, Path directory, Artifacts artifacts, Path cache) {
        this.state = state;
        this.directory = directory;
        this.data = data(directory);
        this.artifacts = artifacts;
        this.cache = cache;
    }

    /** {@code ashlar.cache}, or {@code ~/.ashlar/cache}: what is unpacked and initialised once per machine. */
    static Path cache() {
        String given = System.getProperty("ashlar.cache", "");
        return given.isBlank() ? Path.of(System.getProperty("user.home"), ".ashlar", "cache") : Path.of(given);
    }

    /** Where a stack's data is; elsewhere than in its directory only if we are root and its server's user cannot go there. */
    static Path data(Path directory) {
        return Unprivileged.reachable(directory.resolve("data"));
    }

    /** Of every server the stack has; what is unpacked or initialised once is made now. */
    Map<Server, Program> programs() throws IOException {
        Map<Server, Program> programs = new EnumMap<>(Server.class);
        for (Server server : state.endpoints().addresses().keySet()) {
            programs.put(server, program(server));
        }
        return programs;
    }

    private Program program(Server server) throws IOException {
        return switch (server) {
            case DATA_PRIMARY, CONTROL, DATA_REPLICA_1, DATA_REPLICA_2 -> postgres(server);
            case KAFKA -> kafka();
            case REDIS -> redis();
            case S3 -> s3();
            case OIDC -> oidc();
        };
    }

    private PostgresServer postgres(Server server) throws IOException {
        PostgresTemplate template = PostgresTemplate.prepare(artifacts, cache);
        Address address = state.endpoints().address(server);
        PostgresServer.Instance instance = new PostgresServer.Instance(
                server.label(),
                data.resolve(server.label()),
                listenAddresses(server),
                address.host(),
                address.port(),
                state.durable());
        return switch (server) {
            case DATA_REPLICA_1, DATA_REPLICA_2 ->
                PostgresServer.replica(instance, template, upstream(server, Server.DATA_PRIMARY));
            case CONTROL -> PostgresServer.primary(instance, template, controlRoles());
            default -> PostgresServer.primary(instance, template, dataRoles());
        };
    }

    private List<String> listenAddresses(Server server) {
        Address outer = state.endpoints().outside().get(server);
        return outer == null ? List.of(ListenAddress.LOOPBACK) : List.of(ListenAddress.LOOPBACK, outer.host());
    }

    /** The issuer makes its people anew at its next start; its key stays. */
    static void forgetPeople(Path directory) throws IOException {
        Path home = data(directory).resolve("oidc");
        IssuerServer.forgetPeople(home);
        KeycloakServer.forgetPeople(home);
    }

    /** How a replica reaches a leader. */
    PostgresServer.Upstream upstream(Server replica, Server leader) {
        Address address = state.endpoints().address(leader);
        return new PostgresServer.Upstream(
                address.host(), address.port(), slot(replica), state.endpoints().databasePassword(Roles.REPLICATION));
    }

    static String slot(Server replica) {
        return replica.label().replace('-', '_');
    }

    Roles controlRoles() {
        return new Roles(Endpoints.CONTROL_DATABASE, "roles-control.sql", passwords(Roles.CONTROL), List.of());
    }

    Roles dataRoles() {
        List<String> slots = Arrays.stream(Server.values())
                .filter(Server::isReplica)
                .filter(state.endpoints().addresses()::containsKey)
                .map(EmbeddedServers::slot)
                .toList();
        return new Roles(Endpoints.DATA_DATABASE, "roles-data.sql", passwords(Roles.DATA), slots);
    }

    private Map<String, String> passwords(List<String> roles) {
        Map<String, String> passwords = new LinkedHashMap<>();
        roles.forEach(role -> passwords.put(role, state.endpoints().databasePassword(role)));
        passwords.put(Roles.REPLICATION, state.endpoints().databasePassword(Roles.REPLICATION));
        return passwords;
    }

    private KafkaServer kafka() throws IOException {
        Address address = state.endpoints().address(Server.KAFKA);
        return new KafkaServer(
                artifacts.kafka(),
                KafkaServer.prepare(artifacts, cache),
                ClassArchive.of(cache, "kafka-" + artifacts.kafkaVersion(), data.resolve("kafka")),
                data.resolve("kafka"),
                new KafkaServer.Listener(address.host(), address.port()),
                Optional.ofNullable(state.endpoints().outside().get(Server.KAFKA))
                        .map(outer -> new KafkaServer.Listener(outer.host(), outer.port())),
                state.controllerPort());
    }

    private RedisServer redis() throws IOException {
        Address address = state.endpoints().address(Server.REDIS);
        return new RedisServer(
                RedisServer.prepare(artifacts, cache),
                data.resolve("redis"),
                listenAddresses(Server.REDIS),
                address.host(),
                address.port(),
                state.endpoints().secrets().redisPassword(),
                state.durable());
    }

    private S3Server s3() {
        Address address = state.endpoints().address(Server.S3);
        return new S3Server(
                artifacts.s3proxy(),
                ClassArchive.of(
                        cache, artifacts.s3proxy().getFileName().toString().replace(".jar", ""), data.resolve("s3")),
                data.resolve("s3"),
                address.host(),
                address.port(),
                state.endpoints().secrets().s3AccessKey(),
                state.endpoints().secrets().s3SecretKey(),
                Endpoints.EXPORT_BUCKET);
    }

    private Program oidc() throws IOException {
        Endpoints.Secrets secrets = state.endpoints().secrets();
        IssuerSettings settings = new IssuerSettings(
                state.endpoints().issuer(),
                state.endpoints().address(Server.OIDC).host(),
                state.endpoints().address(Server.OIDC).port(),
                "ashlar",
                TOKEN_SECONDS,
                secrets.trialSecret(),
                TrialAccounts.clients(secrets.clientSecrets()));
        Path home = data.resolve("oidc");
        List<Account> people = TrialAccounts.people(secrets.userPasswords()::get);
        if (state.keycloak()) {
            String host = state.endpoints().address(Server.OIDC).host();
            return new KeycloakServer(KeycloakServer.prepare(artifacts, cache), home, host, settings, people);
        }
        List<Path> classPath = new ArrayList<>(List.of(OwnClasses.copyTo(directory)));
        classPath.addAll(artifacts.issuer());
        return new IssuerServer(classPath, home, settings, people);
    }
}
