package io.ashlar.router.choice;

import io.ashlar.router.node.Node;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One gate per node: how many reads are behind it, and whether it is shut. Failures of the infrastructure in a row shut it;
 * after a pause one read may try. A client's own error never counts. Per pod, thread-safe.
 */
@Singleton
public final class Gates {

    private final ChoiceConfig config;
    private final MeterRegistry registry;
    private final Map<String, Gate> gates = new ConcurrentHashMap<>();

    Gates(ChoiceConfig config, MeterRegistry registry) {
        this.config = config;
        this.registry = registry;
    }

    /** Whether {@link #enter} would let a read through now. */
    public boolean usable(Node node) {
        return gate(node).usable(System.nanoTime());
    }

    /** Reads running on the node. */
    public int inFlight(Node node) {
        return gate(node).inFlight();
    }

    /** Lets a read through; empty if the gate is shut, or somebody else is the one that tries. */
    public Optional<Pass> enter(Node node) {
        Gate gate = gate(node);
        return gate.enter(System.nanoTime()) ? Optional.of(new Pass(gate)) : Optional.empty();
    }

    private Gate gate(Node node) {
        return gates.computeIfAbsent(node.name(), name -> {
            Gate gate = new Gate(config.breakerFailures(), config.breakerDelay().toNanos());
            Gauge.builder("ashlar.router.breaker.open", gate, g -> g.usable(System.nanoTime()) ? 0 : 1)
                    .tag("node", name)
                    .description("1 while reads keep away from the node")
                    .register(registry);
            return gate;
        });
    }

    /** One read behind a gate. Ends once, with a verdict; without one it says nothing of the node. */
    public static final class Pass implements AutoCloseable {

        private final Gate gate;
        private final AtomicBoolean ended = new AtomicBoolean();

        private Pass(Gate gate) {
            this.gate = gate;
        }

        /** The node answered, if only with an error of the client's making. */
        public void answered() {
            if (ended.compareAndSet(false, true)) {
                gate.leave(Gate.Verdict.ANSWERED, System.nanoTime());
            }
        }

        /** The node, or the way to it, failed. */
        public void failed() {
            if (ended.compareAndSet(false, true)) {
                gate.leave(Gate.Verdict.FAILED, System.nanoTime());
            }
        }

        @Override
        public void close() {
            if (ended.compareAndSet(false, true)) {
                gate.leave(Gate.Verdict.NONE, System.nanoTime());
            }
        }
    }
}
