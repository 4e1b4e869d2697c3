package io.ashlar.guard.command;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.output.MigrateResult;

/** Brings the schema to the program's version, as its owner. Whoever serves may then read which version it has. */
final class Migration {

    private static final String GRANT = """
            SELECT format('GRANT SELECT ON %I.%I TO %I', ?::text, ?::text, ?::text)
            """;

    private final SchemaSettings settings;
    private final Flyway flyway;

    private Migration(SchemaSettings settings, Flyway flyway) {
        this.settings = settings;
        this.flyway = flyway;
    }

    static Migration of(SchemaSettings settings) {
        return new Migration(settings, settings.flyway("owner"));
    }

    int run(PrintStream out) {
        try {
            MigrateResult result = flyway.migrate();
            letTheServerRead();
            out.printf(
                    "event=schema_migrated schema=%s version=%s applied=%d%n",
                    settings.schema(), flyway.info().current().getVersion(), result.migrationsExecuted);
            return Command.DONE;
        } catch (FlywayException | SQLException e) {
            out.printf("event=schema_not_migrated schema=%s message=%s%n", settings.schema(), e.getMessage());
            return Command.FAILED;
        }
    }

    private void letTheServerRead() throws SQLException {
        try (Connection connection = flyway.getConfiguration().getDataSource().getConnection();
                PreparedStatement format = connection.prepareStatement(GRANT);
                Statement grant = connection.createStatement()) {
            format.setString(1, settings.schema());
            format.setString(2, settings.table());
            format.setString(3, settings.username("api"));
            try (ResultSet row = format.executeQuery()) {
                row.next();
                grant.execute(row.getString(1));
            }
        }
    }
}
