package io.ashlar.export.app;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.ashlar.local.Endpoints;
import io.ashlar.local.Stack.Server;
import io.ashlar.local.StackResource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/** A database of its own on the stack's control server, with the schema migrated as in production. */
public final class QueueDatabase {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Endpoints endpoints;
    private final String name;

    private QueueDatabase(Endpoints endpoints, String name) {
        this.endpoints = endpoints;
        this.name = name;
    }

    /** Makes one. */
    public static QueueDatabase create(Endpoints endpoints) throws SQLException {
        QueueDatabase made = new QueueDatabase(endpoints, "queue_" + NUMBER.incrementAndGet());
        try (Connection connection =
                        made.as(Endpoints.SUPERUSER, Endpoints.CONTROL_DATABASE).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS " + made.name);
            statement.execute("CREATE DATABASE " + made.name);
        }
        try (Connection connection = made.superuser().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA export AUTHORIZATION ashlar_export_owner");
            statement.execute("GRANT USAGE ON SCHEMA export TO ashlar_export_api, ashlar_export_system");
        }
        Flyway.configure()
                .dataSource(made.as("ashlar_export_owner", made.name))
                .locations("db/export")
                .schemas("export")
                .defaultSchema("export")
                .createSchemas(false)
                .load()
                .migrate();
        return made;
    }

    /** The database of the service under test, as superuser. */
    public static PGSimpleDataSource house() {
        return new QueueDatabase(StackResource.stack().endpoints(), Endpoints.CONTROL_DATABASE).superuser();
    }

    /** For looking and for planting rows. */
    public PGSimpleDataSource superuser() {
        return as(Endpoints.SUPERUSER, name);
    }

    /** The role that works on jobs. */
    public PGSimpleDataSource system() {
        return as("ashlar_export_system", name);
    }

    /** The same, with connections kept. */
    public AgroalDataSource systemPool(int connections) throws SQLException {
        PGSimpleDataSource system = system();
        return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(pool -> pool.maxSize(connections)
                        .connectionFactoryConfiguration(factory -> factory.jdbcUrl(system.getUrl())
                                .principal(new NamePrincipal(system.getUser()))
                                .credential(new SimplePassword(system.getPassword())))));
    }

    /** The role that serves requests. */
    public PGSimpleDataSource api() {
        return as("ashlar_export_api", name);
    }

    private PGSimpleDataSource as(String role, String database) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {endpoints.address(Server.CONTROL).host()});
        source.setPortNumbers(new int[] {endpoints.address(Server.CONTROL).port()});
        source.setDatabaseName(database);
        source.setUser(role);
        source.setPassword(endpoints.databasePassword(role));
        return source;
    }
}
