package io.ashlar.router.read;

import io.ashlar.router.choice.Gates;
import io.ashlar.router.choice.Need;
import io.ashlar.router.flight.Flights;
import io.ashlar.router.token.ConsistencyToken;
import io.ashlar.router.topology.TopologyWatch;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Runs reads, each to its end. Thread-safe; blocks, so call it from virtual threads. */
@Singleton
public final class Reads {

    private final TopologyWatch watch;
    private final Gates gates;
    private final Flights flights;
    private final ReadPolicy policy;
    private final ReadMetrics metrics;

    Reads(TopologyWatch watch, Gates gates, Flights flights, ReadPolicy policy, ReadMetrics metrics) {
        this.watch = watch;
        this.gates = gates;
        this.flights = flights;
        this.policy = policy;
        this.metrics = metrics;
    }

    /**
     * Serves a read from wherever it may be served.
     *
     * @throws io.ashlar.authz.problem.ProblemException if it cannot be served
     */
    public <T> Served<T> serve(UUID tenant, Need need, Attempt<T> attempt) {
        return new Reading<>(this, tenant, need, attempt).run();
    }

    /** The token of a read that went on after it was served: {@code lsn} is what its last proof showed. */
    public String mint(UUID tenant, int timeline, long lsn, @Nullable ConsistencyToken asked) {
        return policy.mint(tenant, timeline, lsn, asked);
    }

    TopologyWatch watch() {
        return watch;
    }

    Gates gates() {
        return gates;
    }

    Flights flights() {
        return flights;
    }

    ReadPolicy policy() {
        return policy;
    }

    ReadMetrics metrics() {
        return metrics;
    }
}
