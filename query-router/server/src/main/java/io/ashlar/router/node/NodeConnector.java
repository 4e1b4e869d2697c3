package io.ashlar.router.node;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.postgresql.Driver;

/** Opens JDBC connections to one node. Thread-safe; whoever opens one closes it. */
@Singleton
public final class NodeConnector {

    private static final Driver DRIVER = new Driver();

    private final DatabaseConfig config;

    NodeConnector(DatabaseConfig config) {
        this.config = config;
    }

    /**
     * A replication connection, which also runs plain SQL. It is the only way to ask a standby for its timeline.
     *
     * @param timeout for connecting and for each answer; at least a second, which is pgjdbc's unit
     */
    public Connection probe(Node node, Duration timeout) throws SQLException {
        Properties properties = properties(config.probe(), timeout);
        properties.setProperty("socketTimeout", seconds(timeout));
        properties.setProperty("replication", "database");
        properties.setProperty("preferQueryMode", "simple");
        properties.setProperty("assumeMinServerVersion", "18");
        properties.setProperty("ApplicationName", "ashlar-router-probe");
        return open(node, properties);
    }

    /** For streams: waits for answers as long as the statement timeout lets the server think. */
    public Connection api(Node node, Duration connectTimeout) throws SQLException {
        Properties properties = properties(config.api(), connectTimeout);
        properties.setProperty("ApplicationName", "ashlar-router-stream");
        return open(node, properties);
    }

    /** For {@code router.timelines}. */
    public Connection system(Node node, Duration timeout) throws SQLException {
        Properties properties = properties(config.system(), timeout);
        properties.setProperty("socketTimeout", seconds(timeout));
        properties.setProperty("ApplicationName", "ashlar-router");
        return open(node, properties);
    }

    private Connection open(Node node, Properties properties) throws SQLException {
        // Not by DriverManager: what it finds depends on the class loader of whoever asked first.
        Connection connection = DRIVER.connect("jdbc:postgresql://" + node.address() + "/" + config.name(), properties);
        if (connection == null) {
            throw new SQLException("the driver does not know the address of node " + node.name(), "08001");
        }
        return connection;
    }

    private static Properties properties(DatabaseConfig.Role role, Duration connectTimeout) {
        Properties properties = new Properties();
        properties.setProperty("user", role.username());
        properties.setProperty("password", role.password());
        properties.setProperty("connectTimeout", seconds(connectTimeout));
        properties.setProperty("loginTimeout", seconds(connectTimeout));
        properties.setProperty("tcpKeepAlive", "true");
        return properties;
    }

    private static String seconds(Duration duration) {
        return Long.toString(Math.max(1, duration.toSeconds()));
    }
}
