package io.ashlar.router.flight;

import io.ashlar.router.client.Pool;
import io.ashlar.router.node.DatabaseConfig;
import io.ashlar.router.node.Node;
import io.ashlar.router.topology.NodeState;
import io.ashlar.router.topology.Topology;
import io.ashlar.router.topology.TopologyWatch;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Two pools per node: one for people, one for jobs. A connection belongs to one flight at a time. When a probe finds a node
 * unreachable its pools are cut and closed, so that nobody waits for a frozen server. Thread-safe.
 */
@Singleton
final class NodePools {

    private static final Logger LOG = Logger.getLogger(NodePools.class);
    private static final int CACHED_STATEMENTS_MAX = 128;
    private static final int CACHED_SQL_CHARS_MAX = 8192;

    private final Vertx vertx;
    private final DatabaseConfig database;
    private final FlightConfig config;
    private final Map<Key, Line> lines = new ConcurrentHashMap<>();

    NodePools(Vertx vertx, DatabaseConfig database, FlightConfig config, TopologyWatch watch) {
        this.vertx = vertx;
        this.database = database;
        this.config = config;
        watch.onPicture(this::follow);
    }

    private record Key(Node node, Pool pool) {}

    /** Opened on first use. */
    Line of(Node node, Pool pool) {
        return lines.computeIfAbsent(new Key(node, pool), this::open);
    }

    void stop(@Observes ShutdownEvent event) {
        lines.keySet().forEach(this::close);
    }

    private void follow(Topology topology) {
        Map<Node, NodeState> states =
                topology.nodes().stream().collect(Collectors.toMap(NodeState::node, state -> state));
        for (Key key : lines.keySet()) {
            NodeState state = states.get(key.node());
            if (state == null || state instanceof NodeState.Unreachable) {
                close(key);
            }
        }
    }

    private void close(Key key) {
        Line line = lines.remove(key);
        if (line != null) {
            line.cut();
            line.pool()
                    .close()
                    .onFailure(e -> LOG.warnf(
                            "event=pool_close_failed node=%s message=%s",
                            key.node().name(), e.getMessage()));
        }
    }

    private Line open(Key key) {
        PgConnectOptions connect = new PgConnectOptions()
                .setHost(key.node().host())
                .setPort(key.node().port())
                .setDatabase(database.name())
                .setUser(database.api().username())
                .setPassword(database.api().password())
                .setCachePreparedStatements(true)
                .setPreparedStatementCacheMaxSize(CACHED_STATEMENTS_MAX)
                .setPreparedStatementCacheSqlFilter(sql -> sql.length() <= CACHED_SQL_CHARS_MAX)
                .addProperty("application_name", "ashlar-router-" + key.pool().wire());
        connect.setConnectTimeout(Math.toIntExact(config.connectTimeout().toMillis()));
        connect.setTcpKeepAlive(true);
        PoolOptions options = new PoolOptions()
                .setName(key.node().name() + "-" + key.pool().wire())
                .setMaxSize(
                        switch (key.pool()) {
                            case API -> config.apiPoolSize();
                            case JOB -> config.jobPoolSize();
                        })
                .setMaxWaitQueueSize(config.queueLength())
                .setConnectionTimeout(Math.toIntExact(config.acquireTimeout().toMillis()))
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS);
        // Never PgBuilder.client(): that one sends the statements of many callers over one connection.
        return new Line(PgBuilder.pool()
                .with(options)
                .connectingTo(connect)
                .using(vertx)
                .build());
    }
}
