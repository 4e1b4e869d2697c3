package io.ashlar.router.flight;

import io.ashlar.router.client.Pool;
import io.ashlar.router.node.Node;
import io.ashlar.router.token.LogPosition;
import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import io.vertx.sqlclient.data.Numeric;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/** Sends flights and waits for them; call it from a virtual thread. Thread-safe. */
@Singleton
public final class Flights {

    private static final Logger LOG = Logger.getLogger(Flights.class);

    private final NodePools pools;
    private final FlightConfig config;
    private final TenantSetting tenantSetting;

    Flights(NodePools pools, FlightConfig config, TenantSetting tenantSetting) {
        this.pools = pools;
        this.config = config;
        this.tenantSetting = tenantSetting;
    }

    /**
     * One flight.
     *
     * @param left what remains of the read's deadline
     */
    public Outcome<RowSet<Row>> fly(Node node, Pool pool, Demand demand, Command command, Duration left)
            throws InterruptedException {
        Line line = pools.of(node, pool);
        Future<SqlConnection> boarding = line.pool().getConnection();
        Future<Outcome<RowSet<Row>>> flight = boarding.transform(boarded -> boarded.succeeded()
                ? send(boarded.result(), demand, command, left)
                : Future.succeededFuture(notBoarded(node, boarded.cause())));
        try {
            return line.await(flight.toCompletionStage().toCompletableFuture(), left);
        } catch (TimeoutException e) {
            // The connection goes back by itself when its last answer comes, or is closed with its pool.
            return new Outcome.Broken<>("deadline");
        } catch (ExecutionException e) {
            LOG.warnf(e.getCause(), "event=flight_failed node=%s", node.name());
            return new Outcome.Broken<>("failed");
        }
    }

    /**
     * How far the node is; empty if it does not say in time, or not what was asked.
     *
     * @param left how long the statement may take; whoever waits no longer leaves none behind
     */
    public Future<Optional<Proof>> ask(Node node, Pool pool, Demand demand, Duration left) {
        return pools.of(node, pool)
                .pool()
                .withConnection(connection -> {
                    Future<RowSet<Row>> begin = connection.query(ProofSql.BEGIN).execute();
                    Future<RowSet<Row>> set = set(connection, demand, left);
                    Future<RowSet<Row>> proof = prove(connection, demand);
                    Future<RowSet<Row>> commit =
                            connection.query(ProofSql.COMMIT).execute();
                    return Future.join(begin, set, proof, commit).map(done -> proof.result());
                })
                .map(rows -> Optional.of(proof(rows)))
                .otherwise(Optional.empty());
    }

    /** Whether {@code proof} of {@link #ask} is enough. */
    public boolean meets(Demand demand, Proof proof) {
        return demand.judgePosition(proof) == Demand.Verdict.MET;
    }

    private Future<Outcome<RowSet<Row>>> send(SqlConnection connection, Demand demand, Command command, Duration left) {
        Future<RowSet<Row>> begin = connection.query(ProofSql.BEGIN).execute();
        Future<RowSet<Row>> set = set(connection, demand, left);
        Future<RowSet<Row>> first = prove(connection, demand);
        Future<RowSet<Row>> rows = connection.preparedQuery(command.sql()).execute(binds(command));
        Future<RowSet<Row>> second = connection.preparedQuery(ProofSql.PROOF).execute();
        Future<RowSet<Row>> commit = connection.query(ProofSql.COMMIT).execute();
        List<Future<RowSet<Row>>> all = List.of(begin, set, first, rows, second, commit);
        return Future.join(all).transform(done -> connection.close().transform(closed -> {
            Optional<Throwable> failure =
                    all.stream().filter(Future::failed).findFirst().map(Future::cause);
            return Future.succeededFuture(
                    failure.isPresent()
                            ? broken(failure.get())
                            : land(demand, proof(first.result()), rows.result(), proof(second.result())));
        }));
    }

    /** The tenant, and how long each statement of the transaction may take. */
    private Future<RowSet<Row>> set(SqlConnection connection, Demand demand, Duration left) {
        long timeoutMillis = Math.max(1, Math.min(config.statementTimeout().toMillis(), left.toMillis()));
        return connection
                .preparedQuery(ProofSql.SET)
                .execute(Tuple.of(tenantSetting.of(demand.tenant()), Long.toString(timeoutMillis)));
    }

    /** The driver's own class stands for numeric. */
    private static Tuple binds(Command command) {
        Tuple tuple = Tuple.tuple();
        for (Object bind : command.binds()) {
            tuple.addValue(
                    switch (bind) {
                        case BigDecimal exact -> Numeric.create(exact);
                        case BigDecimal[] many ->
                            Arrays.stream(many).map(Numeric::create).toArray(Numeric[]::new);
                        default -> bind;
                    });
        }
        return tuple;
    }

    private static Outcome<RowSet<Row>> land(Demand demand, Proof first, RowSet<Row> rows, Proof second) {
        return switch (demand.judge(first)) {
            case MET ->
                demand.isTenant(second) ? new Outcome.Landed<>(rows, first, second) : new Outcome.TenantLost<>();
            case TENANT_LOST -> new Outcome.TenantLost<>();
            case ROLE_CHANGED -> new Outcome.RoleChanged<>();
            case BEHIND -> new Outcome.Behind<>(first);
        };
    }

    private static Future<RowSet<Row>> prove(SqlConnection connection, Demand demand) {
        if (demand.offsets().isEmpty()) {
            return connection.preparedQuery(ProofSql.PROOF).execute();
        }
        List<Short> topics = new ArrayList<>();
        List<Integer> partitions = new ArrayList<>();
        List<Long> nexts = new ArrayList<>();
        demand.offsets()
                .forEach((topic, offsets) -> offsets.forEach((partition, next) -> {
                    topics.add(topic);
                    partitions.add(partition);
                    nexts.add(next);
                }));
        return connection
                .preparedQuery(ProofSql.PROOF_WITH_OFFSETS)
                .execute(Tuple.of(
                        topics.toArray(Short[]::new), partitions.toArray(Integer[]::new), nexts.toArray(Long[]::new)));
    }

    private static Proof proof(RowSet<Row> rows) {
        Row row = rows.iterator().next();
        String walFile = row.getString(3);
        return new Proof(
                row.getString(0),
                row.getBoolean(1),
                LogPosition.parseLsn(row.getString(2)).orElseThrow(),
                walFile == null ? null : ProofSql.timelineOf(walFile),
                row.getBoolean(4));
    }

    private static Outcome<RowSet<Row>> broken(Throwable failure) {
        return failure instanceof PgException refused
                ? SqlStates.outcome(refused.getSqlState())
                : new Outcome.Broken<>("connection");
    }

    private static Outcome<RowSet<Row>> notBoarded(Node node, Throwable failure) {
        if (failure instanceof PgException refused) {
            return SqlStates.outcome(refused.getSqlState());
        }
        if (failure instanceof ConnectException || failure instanceof IOException) {
            return new Outcome.Broken<>("connect");
        }
        // The pool's own refusals: its queue is full, or no connection came free in time.
        LOG.debugf("event=flight_not_boarded node=%s message=%s", node.name(), failure.getMessage());
        return new Outcome.Busy<>();
    }
}
