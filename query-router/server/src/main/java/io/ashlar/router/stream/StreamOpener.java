package io.ashlar.router.stream;

import io.ashlar.filter.dsl.Statement;
import io.ashlar.router.client.Pool;
import io.ashlar.router.client.TooCostly;
import io.ashlar.router.cost.CostGuard;
import io.ashlar.router.cost.Plan;
import io.ashlar.router.flight.Demand;
import io.ashlar.router.flight.Outcome;
import io.ashlar.router.flight.Proof;
import io.ashlar.router.flight.ProofSql;
import io.ashlar.router.flight.SqlStates;
import io.ashlar.router.flight.TenantSetting;
import io.ashlar.router.node.Node;
import io.ashlar.router.node.NodeConnector;
import io.ashlar.router.tenant.Place;
import io.vertx.core.json.JsonArray;
import jakarta.inject.Singleton;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Opens streams: connection, transaction, tenant, proof, cursor. Thread-safe; blocks. */
@Singleton
final class StreamOpener {

    private static final Logger LOG = Logger.getLogger(StreamOpener.class);
    private static final String SET = ProofSql.jdbc(ProofSql.set());

    private final NodeConnector connector;
    private final StreamConfig config;
    private final TenantSetting tenantSetting;
    private final StreamSlots slots;
    private final CostGuard guard;

    StreamOpener(
            NodeConnector connector,
            StreamConfig config,
            TenantSetting tenantSetting,
            StreamSlots slots,
            CostGuard guard) {
        this.connector = connector;
        this.config = config;
        this.tenantSetting = tenantSetting;
        this.slots = slots;
        this.guard = guard;
    }

    /**
     * A stream of {@code statement} on {@code node}, or why there is none.
     *
     * @param place given back with the stream, if there is one
     */
    Outcome<OpenStream> open(Node node, Demand demand, Statement statement, Place place) {
        if (!slots.tryTake(node)) {
            return new Outcome.Busy<>();
        }
        boolean handedOver = false;
        Connection connection = null;
        try {
            connection = connector.api(node, config.connectTimeout());
            Outcome<OpenStream> outcome = begin(node, connection, demand, statement, place);
            handedOver = outcome instanceof Outcome.Landed<OpenStream>;
            return outcome;
        } catch (SQLException e) {
            return SqlStates.outcome(e.getSQLState());
        } finally {
            if (!handedOver) {
                close(connection);
                slots.giveBack(node);
            }
        }
    }

    private Outcome<OpenStream> begin(Node node, Connection connection, Demand demand, Statement statement, Place place)
            throws SQLException {
        // A frozen server accepts and says nothing: what needs no thinking is answered soon, the rest within the limit.
        connection.setNetworkTimeout(
                Runnable::run, Math.toIntExact(config.connectTimeout().toMillis()));
        connection.setReadOnly(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        // pgjdbc sends BEGIN READ ONLY with the first statement, and keeps a cursor only within a transaction of its
        // own.
        connection.setAutoCommit(false);
        try (PreparedStatement set = connection.prepareStatement(SET)) {
            set.setString(1, tenantSetting.of(demand.tenant()));
            set.setString(2, Long.toString(config.limit().toMillis()));
            set.execute();
        }
        Proof first = JdbcProof.of(connection, demand);
        return switch (demand.judge(first)) {
            case TENANT_LOST -> new Outcome.TenantLost<>();
            case ROLE_CHANGED -> new Outcome.RoleChanged<>();
            case BEHIND -> new Outcome.Behind<>(first);
            case MET -> {
                connection.setNetworkTimeout(
                        Runnable::run, Math.toIntExact(config.limit().toMillis()));
                Optional<TooCostly> over = overCeiling(connection, demand.tenant(), statement);
                yield over.isPresent()
                        ? new Outcome.OverCeiling<>(over.get())
                        : new Outcome.Landed<>(run(node, connection, demand, first, statement, place), first, first);
            }
        };
    }

    private OpenStream run(
            Node node, Connection connection, Demand demand, Proof first, Statement statement, Place place)
            throws SQLException {
        PreparedStatement query = connection.prepareStatement(statement.jdbcSql());
        query.setFetchSize(config.fetchSize());
        bind(connection, query, statement);
        ResultSet rows = query.executeQuery();
        long now = System.nanoTime();
        return new OpenStream(
                node,
                connection,
                query,
                rows,
                demand,
                first,
                () -> {
                    slots.giveBack(node);
                    place.close();
                },
                now,
                new AtomicLong(now),
                new AtomicBoolean());
    }

    /** Within the transaction that would run it: under the tenant's row security, and on this node's statistics. */
    private Optional<TooCostly> overCeiling(Connection connection, UUID tenant, Statement statement)
            throws SQLException {
        if (guard.isSure(tenant, Pool.JOB, statement.sql())) {
            return Optional.empty();
        }
        try (PreparedStatement explain = connection.prepareStatement(Plan.explaining(statement.jdbcSql()))) {
            bind(connection, explain, statement);
            try (ResultSet row = explain.executeQuery()) {
                row.next();
                Plan plan = Plan.of(new JsonArray(row.getString(1)));
                return guard.judge(tenant, Pool.JOB, statement.sql(), plan);
            }
        }
    }

    private static void bind(Connection connection, PreparedStatement query, Statement statement) throws SQLException {
        int i = 1;
        for (Object bind : statement.binds()) {
            if (bind instanceof Object[] many) {
                Array array = connection.createArrayOf(Statement.elementType(many), many);
                query.setArray(i++, array);
            } else {
                query.setObject(i++, bind);
            }
        }
    }

    private static void close(@Nullable Connection connection) {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                LOG.debugf("event=stream_close_failed sqlstate=%s", e.getSQLState());
            }
        }
    }
}
