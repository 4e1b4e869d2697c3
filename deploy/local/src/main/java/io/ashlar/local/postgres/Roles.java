package io.ashlar.local.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The database of one cluster with its schemas and roles, from {@code roles-control.sql} or {@code roles-data.sql}.
 *
 * @param database to create
 * @param script resource beside this module's root package
 * @param passwords by role
 * @param slots physical replication slots to create
 */
public record Roles(String database, String script, Map<String, String> passwords, List<String> slots) {

    /** What the replicas connect as: a matter of this stack, not of the contract. */
    public static final String REPLICATION = "ashlar_replication";

    /** The role of topology probes. */
    public static final String PROBE = "ashlar_router_probe";

    private static final List<String> USES = List.of("owner", "api", "system");

    /** The roles of {@code roles-control.sql}. */
    public static final List<String> CONTROL = of("authz", "filter", "export").toList();

    /** The roles of {@code roles-data.sql}. */
    public static final List<String> DATA =
            Stream.concat(of("ingest", "router", "app"), Stream.of(PROBE)).toList();

    public Roles {
        passwords = Map.copyOf(passwords);
        slots = List.copyOf(slots);
    }

    private static Stream<String> of(String... schemas) {
        return Stream.of(schemas).flatMap(schema -> USES.stream().map(use -> "ashlar_" + schema + "_" + use));
    }

    void provision(PostgresNode server) throws SQLException, IOException {
        Asking asking = server.superuser("postgres");
        asking.execute("""
                DO $$
                BEGIN
                    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'ashlar_replication') THEN
                        CREATE ROLE ashlar_replication LOGIN REPLICATION NOSUPERUSER NOBYPASSRLS;
                    END IF;
                END
                $$
                """);
        setPasswords(asking, Map.of(REPLICATION, passwords.get(REPLICATION)));
        for (String slot : slots) {
            server.createSlot(slot);
        }
        if (asking.scalar("SELECT 1 FROM pg_database WHERE datname = ?", database)
                .isEmpty()) {
            asking.execute(asking.scalar("SELECT format('CREATE DATABASE %I', ?::text)", database));
        }
        server.superuser(database).execute(read());
        setPasswords(asking, passwords);
    }

    private String read() throws IOException {
        try (InputStream in = Roles.class.getResourceAsStream("/io/ashlar/local/" + script)) {
            if (in == null) {
                throw new IOException("resource " + script + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void setPasswords(Asking asking, Map<String, String> passwords) throws SQLException {
        try (Connection connection = asking.connect();
                PreparedStatement format =
                        connection.prepareStatement("SELECT format('ALTER ROLE %I PASSWORD %L', ?::text, ?::text)");
                Statement alter = connection.createStatement()) {
            for (Map.Entry<String, String> entry : passwords.entrySet()) {
                format.setString(1, entry.getKey());
                format.setString(2, entry.getValue());
                try (ResultSet rows = format.executeQuery()) {
                    rows.next();
                    alter.execute(rows.getString(1));
                }
            }
        }
    }

    @Override
    public String toString() {
        return "Roles[" + database + "]";
    }
}
