package io.ashlar.authz.database;

import io.ashlar.guard.tenant.SqlFailedException;
import io.ashlar.guard.tenant.SqlWork;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Runs the platform's own work, over all tenants, as role {@code system}. For what operators do once in a while: each call has a
 * connection of its own. Blocks.
 */
@ApplicationScoped
public class SystemDatabase {

    private static final int CONNECT_SECONDS_MAX = 5;
    private static final int SOCKET_SECONDS_MAX = 40;

    private final DataSource system;

    SystemDatabase(DatabaseConfig config) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(config.url());
        source.setUser(config.system().username());
        source.setPassword(config.system().password());
        source.setConnectTimeout(CONNECT_SECONDS_MAX);
        source.setSocketTimeout(SOCKET_SECONDS_MAX);
        source.setOptions("-c statement_timeout=30000");
        source.setApplicationName("ashlar-authz-system");
        this.system = source;
    }

    /**
     * One transaction, READ COMMITTED; rolled back on any exception.
     *
     * @throws SqlFailedException if the database refuses
     */
    public <T> T call(SqlWork<T> work) {
        try (Connection connection = system.getConnection()) {
            connection.setAutoCommit(false);
            // Closing without a commit rolls back.
            T result = work.run(connection);
            connection.commit();
            return result;
        } catch (SQLException e) {
            throw new SqlFailedException(e);
        }
    }
}
