package io.ashlar.local;

import io.ashlar.local.Stack.Server;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The configuration keys the five services are given: a contract, kept by a test and the README's table. */
final class ServiceConfig {

    static final List<String> SERVICES = List.of("authz", "filter", "ingest", "router", "export");

    private ServiceConfig() {}

    static Map<String, String> of(Endpoints endpoints, String service) {
        if (!SERVICES.contains(service)) {
            throw new IllegalArgumentException("service " + service + " is unknown; allowed: " + SERVICES);
        }
        Map<String, String> config = new LinkedHashMap<>();
        String prefix = "ashlar." + service + ".";
        if (endpoints.find(Server.OIDC).isPresent()) {
            String client = "ashlar-" + service;
            config.put("quarkus.oidc.auth-server-url", endpoints.issuer());
            config.put(prefix + "oidc.client-id", client);
            config.put(
                    prefix + "oidc.client-secret",
                    endpoints.secrets().clientSecrets().get(client));
            config.put(prefix + "oidc.token-url", endpoints.tokenUrl());
        }
        if (endpoints.find(Server.KAFKA).isPresent()) {
            config.put("kafka.bootstrap.servers", endpoints.kafkaBootstrap());
        }
        if (endpoints.find(Server.REDIS).isPresent()) {
            config.put("quarkus.redis.hosts", endpoints.redisUrl());
        }
        database(endpoints, service, prefix, config);
        if (service.equals("router")) {
            router(endpoints, config);
        }
        if (service.equals("export") && endpoints.find(Server.S3).isPresent()) {
            config.put("ashlar.export.s3.endpoint", endpoints.s3Url().toString());
            config.put("ashlar.export.s3.bucket", Endpoints.EXPORT_BUCKET);
            config.put("ashlar.export.s3.region", Endpoints.S3_REGION);
            config.put("ashlar.export.s3.access-key", endpoints.secrets().s3AccessKey());
            config.put("ashlar.export.s3.secret-key", endpoints.secrets().s3SecretKey());
        }
        return Map.copyOf(config);
    }

    /** The cluster a service's schema lives on. */
    static Server home(String service) {
        return switch (service) {
            case "ingest", "router" -> Server.DATA_PRIMARY;
            default -> Server.CONTROL;
        };
    }

    private static void database(Endpoints endpoints, String service, String prefix, Map<String, String> config) {
        Server home = home(service);
        if (endpoints.find(home).isEmpty()) {
            return;
        }
        // The loader follows a promotion without a restart; everybody else is given the one server.
        String url = service.equals("ingest") ? writerUrl(endpoints) : endpoints.jdbcUrl(home);
        config.put(prefix + "database.url", url);
        config.put(prefix + "database.direct-url", url);
        for (String use : List.of("owner", "api", "system")) {
            String role = "ashlar_" + service + "_" + use;
            config.put(prefix + "database." + use + ".username", role);
            config.put(prefix + "database." + use + ".password", endpoints.databasePassword(role));
        }
    }

    private static String writerUrl(Endpoints endpoints) {
        List<String> nodes = dataNodes(endpoints);
        if (nodes.size() == 1) {
            return endpoints.jdbcUrl(Server.DATA_PRIMARY);
        }
        return "jdbc:postgresql://" + String.join(",", nodes) + "/" + Endpoints.DATA_DATABASE
                + "?targetServerType=primary";
    }

    private static List<String> dataNodes(Endpoints endpoints) {
        return Stream.of(Server.DATA_PRIMARY, Server.DATA_REPLICA_1, Server.DATA_REPLICA_2)
                .map(endpoints::find)
                .flatMap(Optional::stream)
                .map(Endpoints.Address::toString)
                .collect(Collectors.toUnmodifiableList());
    }

    private static void router(Endpoints endpoints, Map<String, String> config) {
        List<String> nodes = dataNodes(endpoints);
        if (nodes.isEmpty()) {
            return;
        }
        config.put("ashlar.router.topology.nodes", String.join(",", nodes));
        config.put("ashlar.router.database.name", Endpoints.DATA_DATABASE);
        config.put("ashlar.router.database.probe.username", "ashlar_router_probe");
        config.put("ashlar.router.database.probe.password", endpoints.databasePassword("ashlar_router_probe"));
    }
}
