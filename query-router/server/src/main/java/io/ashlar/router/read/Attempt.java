package io.ashlar.router.read;

import io.ashlar.router.flight.Demand;
import io.ashlar.router.flight.Outcome;
import io.ashlar.router.node.Node;
import java.time.Duration;

/** How a read is tried on one node. */
@FunctionalInterface
public interface Attempt<T> {

    /** Tries it, releasing nothing that does not meet {@code demand}. */
    Outcome<T> on(Node node, Demand demand, Duration left) throws InterruptedException;
}
