package io.ashlar.guard.command;

import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.flywaydb.core.Flyway;

/**
 * Where a server's schema and its migrations are: read from the keys by which the server itself would migrate at its start.
 *
 * @param config the server's configuration
 * @param service {@code authz}
 * @param url JDBC URL past any pooler
 * @param schema that Flyway keeps
 * @param table of its history
 * @param locations of the migrations
 */
record SchemaSettings(Config config, String service, String url, String schema, String table, List<String> locations) {

    private static final int CONNECT_RETRIES = 10;
    private static final int CONNECT_RETRY_SECONDS_MAX = 5;

    static SchemaSettings read(Config config) {
        String service = config.getValue("ashlar.guard.service", String.class);
        return new SchemaSettings(
                config,
                service,
                config.getValue("quarkus.datasource.\"owner\".jdbc.url", String.class),
                config.getValue("quarkus.flyway.\"owner\".default-schema", String.class),
                flyway(config, "table").orElse("flyway_schema_history"),
                List.of(flyway(config, "locations").orElse("db/migration").split(",")));
    }

    private static Optional<String> flyway(Config config, String key) {
        return config.getOptionalValue("quarkus.flyway.\"owner\"." + key, String.class);
    }

    /** The database user of a use: {@code owner}, {@code api}. */
    String username(String use) {
        return required("database." + use + ".username");
    }

    /** Flyway as the user of a use; nothing is connected yet. */
    Flyway flyway(String use) {
        return Flyway.configure(Thread.currentThread().getContextClassLoader())
                .dataSource(url, username(use), required("database." + use + ".password"))
                .connectRetries(CONNECT_RETRIES)
                .connectRetriesInterval(CONNECT_RETRY_SECONDS_MAX)
                .schemas(schema)
                .defaultSchema(schema)
                .createSchemas(false)
                .table(table)
                .locations(locations.toArray(String[]::new))
                .failOnMissingLocations(true)
                .load();
    }

    private String required(String key) {
        String name = "ashlar." + service + "." + key;
        return config.getOptionalValue(name, String.class)
                .filter(value -> !value.isBlank())
                .orElseThrow(() -> new IllegalArgumentException(name + " is not set"));
    }
}
