package io.ashlar.demo;

import io.ashlar.local.Endpoints;
import io.ashlar.local.Services.Service;
import io.ashlar.local.Stack.Server;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A feature team's own table in the data plane, read through the platform under row-level security. */
final class FeatureTable {

    private FeatureTable() {}

    /** As the superuser, who sees and writes everything; for what a test compares with. */
    static Connection connect(Platform platform, Server server) throws SQLException {
        Endpoints endpoints = platform.endpoints();
        return DriverManager.getConnection(
                endpoints.jdbcUrl(server), Endpoints.SUPERUSER, endpoints.databasePassword(Endpoints.SUPERUSER));
    }

    /** Makes a table whose columns are declared by {@code columns}, and lets the router read each tenant's rows. */
    static void create(Platform platform, String table, String columns) throws SQLException {
        try (Connection connection = connect(platform, Server.DATA_PRIMARY);
                var statement = connection.createStatement()) {
            statement.execute("SET ROLE ashlar_app_owner");
            statement.execute("""
                    CREATE TABLE %1$s (tenant_id uuid NOT NULL, %2$s);
                    ALTER TABLE %1$s ENABLE ROW LEVEL SECURITY;
                    ALTER TABLE %1$s FORCE ROW LEVEL SECURITY;
                    CREATE POLICY tenant ON %1$s
                        USING (tenant_id = (select nullif(current_setting('ashlar.tenant', true), '')::uuid));
                    GRANT SELECT ON %1$s TO ashlar_router_api
                    """.formatted(table, columns));
        }
    }

    /** Declares it as a dataset, in the editor's tenant. */
    static void declare(Platform platform, Scenario scenario, String dataset, String declaration) {
        SharedPlatform.answered(() -> platform.api()
                        .put(Service.FILTER, "/api/v1/datasets/" + dataset, scenario.token("ed"), declaration))
                .expect(200, 201);
    }

    /** The first column of a result, as text. */
    static List<String> texts(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (result.next()) {
                texts.add(result.getString(1));
            }
            return texts;
        }
    }
}
