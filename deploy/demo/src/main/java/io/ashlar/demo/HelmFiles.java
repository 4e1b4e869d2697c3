package io.ashlar.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ashlar.local.Endpoints;
import io.ashlar.local.Services.Service;
import io.ashlar.local.Stack.Server;
import io.ashlar.local.postgres.PostgresTemplate;
import io.ashlar.local.process.Directories;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the charts must be told to use the servers of {@code up}: {@code values.yaml}, and {@code secrets.yaml} with the
 * Secrets those values name. JSON, which is YAML.
 *
 * @param endpoints of servers that listen where pods reach them
 * @param release the Helm release, part of the Secrets' names
 */
record HelmFiles(Endpoints endpoints, String release) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Writes both; the Secrets for their owner's eyes only. */
    void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("values.yaml"), pretty(values()) + "\n");
        byte[] secrets = pretty(Map.of("apiVersion", "v1", "kind", "List", "items", secrets()))
                .getBytes(StandardCharsets.UTF_8);
        Directories.writeSecret(directory.resolve("secrets.yaml"), secrets);
    }

    Map<String, ?> values() {
        String control = endpoints.jdbcUrl(Server.CONTROL);
        List<String> nodes = Stream.of(Server.DATA_PRIMARY, Server.DATA_REPLICA_1, Server.DATA_REPLICA_2)
                .map(server -> endpoints.address(server).toString())
                .toList();
        String data = "jdbc:postgresql://" + String.join(",", nodes) + "/" + Endpoints.DATA_DATABASE
                + "?targetServerType=primary";
        Map<String, Object> global = new LinkedHashMap<>();
        global.put(
                "postgresql",
                Map.of(
                        "control",
                        Map.of("url", control, "maxConnections", PostgresTemplate.MAX_CONNECTIONS),
                        "data",
                        Map.of(
                                "url",
                                data,
                                "maxConnections",
                                PostgresTemplate.MAX_CONNECTIONS,
                                "database",
                                Endpoints.DATA_DATABASE,
                                "nodes",
                                nodes)));
        global.put("kafka", Map.of("bootstrapServers", endpoints.kafkaBootstrap()));
        global.put(
                "redis",
                Map.of("url", "redis://" + endpoints.address(Server.REDIS), "existingSecret", release + "-redis"));
        global.put(
                "s3",
                Map.of(
                        "endpoint",
                        endpoints.s3Url().toString(),
                        "bucket",
                        Endpoints.EXPORT_BUCKET,
                        "region",
                        Endpoints.S3_REGION,
                        "pathStyle",
                        true));
        global.put("oidc", Map.of("issuer", endpoints.issuer(), "tokenUrl", endpoints.tokenUrl()));
        // The local broker is one.
        return Map.of("global", global, "ingest", Map.of("topics", Map.of("replicas", 1)));
    }

    List<Map<String, ?>> secrets() {
        List<Map<String, ?>> manifests = new ArrayList<>();
        for (Service service : Service.values()) {
            String prefix = release + "-" + service.key();
            manifests.add(
                    secret(prefix + "-owner", Map.of("password", password("ashlar_" + service.key() + "_owner"))));
            manifests.add(secret(prefix + "-credentials", credentials(service)));
        }
        manifests.add(secret(
                release + "-redis", Map.of("password", endpoints.secrets().redisPassword())));
        // What the smoke test signs in with.
        manifests.add(secret(
                release + "-smoke",
                Map.of(
                        "token-url",
                        endpoints.tokenUrl(),
                        "users",
                        pretty(endpoints.secrets().userPasswords()))));
        return List.copyOf(manifests);
    }

    private Map<String, String> credentials(Service service) {
        Map<String, String> credentials = new LinkedHashMap<>();
        credentials.put("database-api-password", password("ashlar_" + service.key() + "_api"));
        switch (service) {
            case AUTHZ, INGEST -> credentials.put("database-system-password", system(service));
            case ROUTER -> {
                credentials.put("database-system-password", system(service));
                credentials.put("database-probe-password", password("ashlar_router_probe"));
            }
            case EXPORT -> {
                credentials.put("database-system-password", system(service));
                credentials.put("s3-access-key", endpoints.secrets().s3AccessKey());
                credentials.put("s3-secret-key", endpoints.secrets().s3SecretKey());
            }
            case FILTER -> {
                // Nothing of its own runs beside requests.
            }
        }
        if (service != Service.ROUTER) {
            credentials.put(
                    "oidc-client-secret", endpoints.secrets().clientSecrets().get("ashlar-" + service.key()));
        }
        return credentials;
    }

    private String system(Service service) {
        return password("ashlar_" + service.key() + "_system");
    }

    private String password(String role) {
        return endpoints.databasePassword(role);
    }

    private static Map<String, ?> secret(String name, Map<String, String> data) {
        return Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Secret",
                "metadata",
                Map.of("name", name),
                "type",
                "Opaque",
                "stringData",
                data);
    }

    private static String pretty(Object value) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot be written as JSON", e);
        }
    }
}
