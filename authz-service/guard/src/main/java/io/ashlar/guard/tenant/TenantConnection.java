package io.ashlar.guard.tenant;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * One transaction within one tenant, READ COMMITTED. The setting ends with the transaction, so a pooled connection carries it
 * to nobody else. Blocking; thread-safe.
 */
@ApplicationScoped
public class TenantConnection {

    private static final String SET = "SELECT set_config('ashlar.tenant', ?, true)";
    private static final String GET = "SELECT current_setting('ashlar.tenant', true)";

    /**
     * Runs and commits.
     *
     * @throws SqlFailedException if the database refuses; rolled back
     * @throws TenantSettingLostException if the tenant is not set any more when the work is done; rolled back
     */
    public <T extends @Nullable Object> T call(DataSource database, UUID tenant, SqlWork<T> work) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            boolean committed = false;
            try {
                set(connection, tenant);
                T result = work.run(connection);
                verify(connection, tenant);
                connection.commit();
                committed = true;
                return result;
            } finally {
                if (!committed) {
                    connection.rollback();
                }
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new SqlFailedException(e);
        }
    }

    private static void set(Connection connection, UUID tenant) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SET)) {
            statement.setString(1, tenant.toString());
            statement.execute();
        }
    }

    private static void verify(Connection connection, UUID tenant) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(GET);
                ResultSet row = statement.executeQuery()) {
            if (!row.next() || !tenant.toString().equals(row.getString(1))) {
                throw new TenantSettingLostException();
            }
        }
    }
}
