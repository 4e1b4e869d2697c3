package io.ashlar.router.flight;

import static org.assertj.core.api.Assertions.assertThat;

import io.ashlar.router.choice.ClusterTrial;
import io.ashlar.router.client.Pool;
import io.ashlar.router.node.Node;
import io.ashlar.router.topology.Leader;
import io.ashlar.router.topology.TopologyWatch;
import io.ashlar.router.trial.Trial;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A connection belongs to one flight at a time. */
@QuarkusTest
class NodePoolsIT {

    private static final String BACKEND = "SELECT pg_backend_pid()";

    @TestHTTPResource
    URI router;

    @Inject
    NodePools pools;

    @Inject
    TopologyWatch watch;

    @Inject
    FlightConfig config;

    /** The pooled client would give one backend to all of them. */
    @Test
    void connectionsAreExclusive() throws InterruptedException, ExecutionException {
        ClusterTrial.awaitWhole(Trial.on(router));
        io.vertx.sqlclient.Pool pool = pools.of(primary(), Pool.API).pool();
        List<SqlConnection> held = IntStream.range(0, config.apiPoolSize())
                .mapToObj(i -> get(pool.getConnection()))
                .toList();
        Set<Integer> backends = new HashSet<>();
        for (SqlConnection connection : held) {
            backends.add(
                    get(connection.query(BACKEND).execute()).iterator().next().getInteger(0));
        }
        Future<SqlConnection> oneMore = pool.getConnection();
        held.forEach(connection -> get(connection.close()));
        get(get(oneMore).close());

        assertThat(backends).hasSize(config.apiPoolSize());
    }

    /** The code names the pool's builder, and the multiplexing client's nowhere. */
    @Test
    void poolsAreOfThePlainKind() {
        assertThat(pools.of(primary(), Pool.API).pool()).isInstanceOf(io.vertx.sqlclient.Pool.class);
        assertThat(pools.of(primary(), Pool.API).pool())
                .isNotSameAs(pools.of(primary(), Pool.JOB).pool());
    }

    private Node primary() {
        assertThat(watch.topology().leader()).isInstanceOf(Leader.One.class);
        return ((Leader.One) watch.topology().leader()).primary().node();
    }

    private static <T> T get(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
