package io.ashlar.local;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ashlar.local.Endpoints.Address;
import io.ashlar.local.Endpoints.Secrets;
import io.ashlar.local.Stack.Server;
import io.ashlar.local.postgres.Roles;
import io.ashlar.local.process.Directories;
import io.ashlar.local.process.Ports;
import io.ashlar.local.process.RandomSecret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What another process must know to take hold of a stack; in {@code stack.json}, which only its user can read.
 *
 * @param endpoints with secrets
 * @param controllerPort Kafka's own
 * @param durable fsync on
 * @param keycloak in place of our issuer
 * @param containers id by server; empty where servers are child processes
 */
record StackState(
        Endpoints endpoints, int controllerPort, boolean durable, boolean keycloak, Map<Server, String> containers) {

    StackState {
        // A file of an earlier version has none.
        containers = containers == null ? Map.of() : Map.copyOf(containers);
    }

    StackState withContainers(Map<Server, String> ids) {
        return new StackState(endpoints, controllerPort, durable, keycloak, ids);
    }

    private static final String FILE = "stack.json";
    /** A file that an earlier or later version wrote is read too. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static final int FIXED_CONTROLLER_PORT = 19_093;

    /** What these hand out (tokens, discovery, signed links) names the address they are reached at: there is one for all. */
    private static final Set<Server> ONE_ADDRESS = Set.of(Server.S3, Server.OIDC);

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
        String listen = ListenAddress.checked(options.listenAddress());
        boolean outwards = !listen.equals(ListenAddress.LOOPBACK);
        Map<Server, Address> addresses = new EnumMap<>(Server.class);
        Map<Server, Address> outside = new EnumMap<>(Server.class);
        for (Server server : options.servers()) {
            String host = ONE_ADDRESS.contains(server) ? listen : ListenAddress.LOOPBACK;
            Set<String> bound = new HashSet<>(List.of(host, listen));
            int port = port(options, Endpoints.FIXED_PORTS.get(server), server.name(), bound);
            addresses.put(server, new Address(host, port));
            if (outwards) {
                // A listener of Kafka's tells its clients one address, so that there must be two.
                int outer = server == Server.KAFKA
                        ? port(options, Endpoints.KAFKA_OUTSIDE_PORT, "KAFKA from outside", Set.of(listen))
                        : port;
                outside.put(server, new Address(listen, outer));
            }
        }
        Address oidc = addresses.get(Server.OIDC);
        String base = oidc == null ? "" : "http://" + oidc + (options.keycloak() ? "/realms/ashlar" : "");
        String token = options.keycloak() ? "/protocol/openid-connect/token" : "/token";
        Secrets secrets = kept.map(state -> state.endpoints().secrets()).orElseGet(() -> secrets(superuserPassword));
        secrets = secrets.withUserPasswords(userPasswords(ListenAddress.isLoopback(listen), secrets.userPasswords()));
        Endpoints endpoints = new Endpoints(addresses, outside, base, oidc == null ? "" : base + token, secrets);
        int controllerPort = options.fixedPorts() ? FIXED_CONTROLLER_PORT : Ports.free(ListenAddress.LOOPBACK);
        return new StackState(endpoints, controllerPort, options.keepData(), options.keycloak(), Map.of());
    }

    private static int port(StackOptions options, int fixed, String what, Set<String> listen) {
        if (!options.fixedPorts()) {
            return Ports.free(listen);
        }
        for (String address : listen) {
            if (!Ports.isFree(address, fixed)) {
                throw new StackException("port " + fixed + " (" + what + ") is taken on " + address
                        + "; is another stack up? ./ashlar status, ./ashlar down");
            }
        }
        return fixed;
    }

    private static Secrets secrets(String superuserPassword) {
        Map<String, String> roles = new HashMap<>();
        Stream.of(Roles.CONTROL.stream(), Roles.DATA.stream(), Stream.of(Roles.REPLICATION))
                .flatMap(names -> names)
                .forEach(role -> roles.put(role, RandomSecret.text()));
        roles.put(Endpoints.SUPERUSER, superuserPassword);
        Map<String, String> clients = new HashMap<>();
        TrialAccounts.SERVICES.forEach(id -> clients.put(id, RandomSecret.text()));
        return new Secrets(
                roles,
                RandomSecret.text(),
                "ashlar-local",
                RandomSecret.text(),
                clients,
                Map.of(),
                RandomSecret.text());
    }

    /** What documents name on loopback; where others get to, what nobody can know, and which then stays. */
    static Map<String, String> userPasswords(boolean loopback, Map<String, String> kept) {
        return TrialAccounts.passwords(name -> {
            String fixed = TrialAccounts.fixedPassword(name);
            if (loopback) {
                return fixed;
            }
            String before = kept.getOrDefault(name, fixed);
            return before.equals(fixed) ? RandomSecret.text() : before;
        });
    }

    /** Whether people sign in with other passwords than when the stack last ran. */
    boolean changesPasswords(StackState before) {
        return !before.endpoints()
                .secrets()
                .userPasswords()
                .equals(endpoints.secrets().userPasswords());
    }
}
