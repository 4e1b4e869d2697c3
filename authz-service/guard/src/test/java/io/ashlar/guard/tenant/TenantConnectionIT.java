package io.ashlar.guard.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ashlar.guard.app.GuardStack;
import io.ashlar.local.Endpoints;
import io.ashlar.local.Stack.Server;
import io.ashlar.local.StackResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

@QuarkusTest
@GuardStack
class TenantConnectionIT {

    private final UUID tenant = UUID.randomUUID();
    private final TenantConnection connections = new TenantConnection();
    private final PGSimpleDataSource database = new PGSimpleDataSource();

    @BeforeEach
    void connect() {
        Endpoints endpoints = StackResource.stack().endpoints();
        database.setUrl(endpoints.jdbcUrl(Server.CONTROL));
        database.setUser("ashlar_filter_api");
        database.setPassword(endpoints.databasePassword("ashlar_filter_api"));
    }

    @Test
    void theTenantIsSetForTheWork() {
        assertThat(connections.call(database, tenant, TenantConnectionIT::setting))
                .isEqualTo(tenant.toString());
    }

    @Test
    void aLostSettingIsNeverCommitted() {
        assertThatThrownBy(() -> connections.call(database, tenant, connection -> {
                    try (Statement statement = connection.createStatement()) {
                        statement.execute("SELECT set_config('ashlar.tenant', '', true)");
                    }
                    return "rows";
                }))
                .isInstanceOf(TenantSettingLostException.class);
    }

    @Test
    void failuresAreRolledBackAndCarryTheirState() {
        assertThatThrownBy(() -> connections.call(database, tenant, connection -> {
                    try (Statement statement = connection.createStatement()) {
                        return statement.execute("SELECT 1 / 0");
                    }
                }))
                .isInstanceOfSatisfying(SqlFailedException.class, failure -> assertThat(failure.sqlState())
                        .isEqualTo("22012"));
        assertThatThrownBy(() -> connections.call(database, tenant, connection -> {
                    throw new IllegalStateException("ours");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("ours");
    }

    private static String setting(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT current_setting('ashlar.tenant', true)")) {
            row.next();
            return row.getString(1);
        }
    }
}
