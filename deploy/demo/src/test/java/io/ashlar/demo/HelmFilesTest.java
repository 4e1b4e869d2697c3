package io.ashlar.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import io.ashlar.local.Endpoints;
import io.ashlar.local.Endpoints.Address;
import io.ashlar.local.Endpoints.Secrets;
import io.ashlar.local.Services.Service;
import io.ashlar.local.Stack.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HelmFilesTest {

    @TempDir
    private Path directory;

    @Test
    void valuesNameServersAndSecretsHoldWhatTheyTake() throws IOException {
        new HelmFiles(endpoints(), "blue").write(directory);

        JsonNode global =
                Api.parse(Files.readString(directory.resolve("values.yaml"))).path("global");
        assertEquals(
                "jdbc:postgresql://10.1.2.3:1,10.1.2.3:2,10.1.2.3:3/data?targetServerType=primary",
                global.path("postgresql").path("data").path("url").asText());
        assertEquals("redis://10.1.2.3:6", global.path("redis").path("url").asText());
        assertEquals("blue-redis", global.path("redis").path("existingSecret").asText());

        Path secrets = directory.resolve("secrets.yaml");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(secrets)));
        Map<String, JsonNode> byName = new HashMap<>();
        Api.parse(Files.readString(secrets))
                .path("items")
                .forEach(secret ->
                        byName.put(secret.path("metadata").path("name").asText(), secret.path("stringData")));
        Stream<String> perService = Arrays.stream(Service.values())
                .flatMap(service ->
                        Stream.of("blue-" + service.key() + "-owner", "blue-" + service.key() + "-credentials"));
        assertEquals(
                Stream.concat(perService, Stream.of("blue-redis", "blue-smoke"))
                        .collect(Collectors.toCollection(TreeSet::new)),
                new TreeSet<>(byName.keySet()));
        JsonNode export = byName.get("blue-export-credentials");
        assertEquals(
                "of ashlar_export_system",
                export.path("database-system-password").asText());
        assertEquals("s3 secret", export.path("s3-secret-key").asText());
        assertEquals("of ashlar-export", export.path("oidc-client-secret").asText());
        assertFalse(byName.get("blue-router-credentials").has("oidc-client-secret"));
        assertFalse(Files.readString(directory.resolve("values.yaml")).contains("secret\" : \"of"));
    }

    private static Endpoints endpoints() {
        Map<Server, Address> addresses = new LinkedHashMap<>();
        for (Server server : Server.values()) {
            addresses.put(server, new Address("10.1.2.3", addresses.size() + 1));
        }
        Map<String, String> roles = Arrays.stream(Service.values())
                .flatMap(service ->
                        Stream.of("owner", "api", "system", "probe").map(use -> "ashlar_" + service.key() + "_" + use))
                .collect(Collectors.toMap(Function.identity(), role -> "of " + role));
        Map<String, String> clients = Arrays.stream(Service.values())
                .map(service -> "ashlar-" + service.key())
                .collect(Collectors.toMap(Function.identity(), client -> "of " + client));
        Secrets secrets = new Secrets(roles, "redis password", "s3 key", "s3 secret", clients, Map.of("ana", "p"), "t");
        return new Endpoints(addresses, addresses, "http://issuer", "http://issuer/token", secrets);
    }
}
