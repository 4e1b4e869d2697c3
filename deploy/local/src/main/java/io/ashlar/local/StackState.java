package io.ashlar.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.ashlar.local.Endpoints.Address;
import io.ashlar.local.Endpoints.Secrets;
import io.ashlar.local.Stack.Server;
import io.ashlar.local.postgres.Roles;
import io.ashlar.local.process.Directories;
import io.ashlar.local.process.Ports;
import io.ashlar.local.process.RandomSecret;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What another process must know to take hold of a stack; in {@code stack.json}, which only its user can read.
 *
 * @param endpoints with secrets
 * @param controllerPort Kafka's own
 * @param durable fsync on
 * @param keycloak in place of our issuer
 */
record StackState(Endpoints endpoints, int controllerPort, boolean durable, boolean keycloak) {

    private static final String FILE = "stack.json";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FIXED_CONTROLLER_PORT = 19_093;

    static Optional<StackState> read(Path directory) throws IOException {
        Path file = file(directory);
        return Files.isRegularFile(file)
                ? Optional.of(JSON.readValue(file.toFile(), StackState.class))
                : Optional.empty();
    }

    void write(Path directory) throws IOException {
        Directories.writeSecret(
                file(directory), JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this));
    }

    static Path file(Path directory) {
        return directory.resolve(FILE);
    }

    /** Chooses ports and secrets; the secrets of a kept stack stay. */
    static StackState choose(StackOptions options, Optional<StackState> kept, String superuserPassword)
            throws IOException {
        String host = InetAddress.getByName(options.listenAddress()).isAnyLocalAddress()
                ? "127.0.0.1"
                : options.listenAddress();
        Map<Server, Address> addresses = new EnumMap<>(Server.class);
        for (Server server : options.servers()) {
            addresses.put(server, new Address(host, port(options, server)));
        }
        Address oidc = addresses.get(Server.OIDC);
        String base = oidc == null ? "" : "http://" + oidc + (options.keycloak() ? "/realms/ashlar" : "");
        String token = options.keycloak() ? "/protocol/openid-connect/token" : "/token";
        Secrets secrets =
                kept.map(state -> state.endpoints().secrets()).orElseGet(() -> secrets(options, superuserPassword));
        Endpoints endpoints =
                new Endpoints(addresses, options.listenAddress(), base, oidc == null ? "" : base + token, secrets);
        int controllerPort = options.fixedPorts() ? FIXED_CONTROLLER_PORT : Ports.free("127.0.0.1");
        return new StackState(endpoints, controllerPort, options.keepData(), options.keycloak());
    }

    private static int port(StackOptions options, Server server) {
        if (!options.fixedPorts()) {
            return Ports.free(options.listenAddress());
        }
        int port = Endpoints.FIXED_PORTS.get(server);
        if (!Ports.isFree(options.listenAddress(), port)) {
            throw new StackException("port " + port + " (" + server + ") is taken on " + options.listenAddress()
                    + "; is another stack up? ./ashlar status, ./ashlar down");
        }
        return port;
    }

    private static Secrets secrets(StackOptions options, String superuserPassword) {
        Map<String, String> roles = new HashMap<>();
        Stream.of(Roles.CONTROL.stream(), Roles.DATA.stream(), Stream.of(Roles.REPLICATION))
                .flatMap(names -> names)
                .forEach(role -> roles.put(role, RandomSecret.text()));
        roles.put(Endpoints.SUPERUSER, superuserPassword);
        Map<String, String> clients = new HashMap<>();
        TrialAccounts.SERVICES.forEach(id -> clients.put(id, RandomSecret.text()));
        boolean loopback = options.listenAddress().startsWith("127.")
                || options.listenAddress().equals("localhost");
        Map<String, String> users =
                TrialAccounts.passwords(name -> loopback ? TrialAccounts.fixedPassword(name) : RandomSecret.text());
        return new Secrets(
                roles, RandomSecret.text(), "ashlar-local", RandomSecret.text(), clients, users, RandomSecret.text());
    }
}
