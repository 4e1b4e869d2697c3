package io.ashlar.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.ashlar.local.Endpoints;
import io.ashlar.local.Services.Service;
import io.ashlar.local.Stack.Server;
import io.ashlar.local.process.Directories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code endpoints.json} in the launcher's home: where the running servers are, for programs that run the services
 * elsewhere (a cluster on this machine), with everything a service needs to sign in. Only its user can read it, and it
 * goes when the platform stops. The keys are a contract: the local stack's README lists them.
 */
final class EndpointsFile {

    private static final int VERSION = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    private EndpointsFile() {}

    static Path path(Path home) {
        return home.resolve("endpoints.json");
    }

    /** Written whole or not at all. */
    static void write(Path home, Endpoints endpoints, Keys keys, boolean services) throws IOException {
        Directories.writeSecret(
                path(home),
                JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(content(endpoints, keys, services)));
    }

    static Map<String, Object> content(Endpoints endpoints, Keys keys, boolean services) {
        Endpoints outside = endpoints.fromOutside();
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("version", VERSION);
        content.put("services_started", services);
        content.put("listen_address", outside.address(Server.DATA_PRIMARY).host());
        content.put("servers", addresses(outside));
        content.put("servers_on_this_machine", addresses(endpoints));
        content.put(
                "oidc",
                Map.of(
                        "issuer",
                        outside.issuer(),
                        "token_url",
                        outside.tokenUrl(),
                        "clients",
                        new TreeMap<>(outside.secrets().clientSecrets()),
                        "users",
                        new TreeMap<>(outside.secrets().userPasswords())));
        Map<String, Map<String, String>> configuration = new LinkedHashMap<>();
        for (Service service : Service.values()) {
            Map<String, String> settings = new TreeMap<>(outside.quarkusConfig(service.key()));
            settings.putAll(keys.configuration(service));
            configuration.put(service.key(), settings);
        }
        content.put("configuration", configuration);
        return content;
    }

    private static Map<String, String> addresses(Endpoints endpoints) {
        Map<String, String> addresses = new LinkedHashMap<>();
        for (Server server : Server.values()) {
            endpoints.find(server).ifPresent(address -> addresses.put(server.label(), address.toString()));
        }
        return addresses;
    }

    /** Whether the running platform has the five services too; so it is where no file says otherwise. */
    static boolean servicesStarted(Path home) {
        try {
            return !Files.exists(path(home))
                    || JSON.readTree(path(home).toFile())
                            .path("services_started")
                            .asBoolean(true);
        } catch (IOException e) {
            throw new DemoFailure(path(home) + " cannot be read: " + e.getMessage(), e);
        }
    }
}
