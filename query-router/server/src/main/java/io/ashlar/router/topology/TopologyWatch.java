package io.ashlar.router.topology;

import io.ashlar.router.node.Node;
import io.ashlar.router.node.NodeConnector;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Asks every node at each interval, one question per node at a time, and keeps the picture. Thread-safe. */
@Singleton
public final class TopologyWatch {

    private static final Logger LOG = Logger.getLogger(TopologyWatch.class);
    private static final long ALARM_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final TopologyConfig config;
    private final NodeConnector connector;
    private final NodeAddresses addresses;
    private final TimelineStore store;
    private final Picture picture;
    private final Map<Node, Asking> asked = new ConcurrentHashMap<>();
    private final List<Consumer<Topology>> listeners = new CopyOnWriteArrayList<>();
    private final AtomicLong alarmedAtNanos = new AtomicLong();
    private final ReentrantLock newsLock = new ReentrantLock();
    private final Condition news = newsLock.newCondition();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("topology-timer").factory());
    /** One for each node at most; of the platform, since behind busy virtual threads a late probe looks like lag. */
    private final ExecutorService probes = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("topology-probe-", 0).factory());

    TopologyWatch(TopologyConfig config, NodeConnector connector, NodeAddresses addresses, TimelineStore store) {
        this.config = config;
        this.connector = connector;
        this.addresses = addresses;
        this.store = store;
        this.picture =
                new Picture(config.systemId().orElse(null), config.lagInterval().toNanos());
    }

    private record Asking(TopologyProbe probe, AtomicBoolean busy) {}

    /** The newest picture. */
    public Topology topology() {
        return picture.current();
    }

    /** The newest time whose commits {@code lsn} of the youngest timeline holds; empty if unknown. */
    public OptionalLong freshAtNanos(long lsn) {
        return picture.freshAtNanos(lsn);
    }

    /** Tells what a read found out on its way. */
    public void proven(Node node, int timeline, long replayLsn) {
        picture.proven(node, timeline, replayLsn);
    }

    /** Calls {@code listener} after each probe, on the probe's thread; it must be quick. */
    public void onPicture(Consumer<Topology> listener) {
        listeners.add(listener);
    }

    /** Waits until there is a younger picture than {@code revision}, or the time is over. */
    public void awaitNews(long revision, Duration atMost) throws InterruptedException {
        long left = atMost.toNanos();
        newsLock.lock();
        try {
            while (picture.current().revision() == revision && left > 0) {
                left = news.awaitNanos(left);
            }
        } finally {
            newsLock.unlock();
        }
    }

    /** Before the server listens, so that readiness has something to say. */
    @SuppressWarnings("FutureReturnValueIgnored") // Ends with the timer, and the task catches what it throws.
    void start(@Observes @Priority(100) StartupEvent event) {
        timer.scheduleAtFixedRate(this::tick, 0, config.probeInterval().toNanos(), TimeUnit.NANOSECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        timer.shutdownNow();
        probes.shutdownNow();
        asked.values().forEach(asking -> asking.probe().close());
    }

    private void tick() {
        try {
            List<Node> nodes = addresses.current(System.nanoTime());
            if (!asked.keySet().equals(Set.copyOf(nodes))) {
                members(nodes);
            }
            for (Map.Entry<Node, Asking> each : asked.entrySet()) {
                if (each.getValue().busy().compareAndSet(false, true)) {
                    probes.execute(() -> ask(each.getKey(), each.getValue()));
                }
            }
        } catch (RuntimeException e) {
            // A fixed-rate task that throws is never run again: the router would go on with an old picture for ever.
            LOG.errorf(e, "event=topology_tick_failed");
        }
    }

    private void members(List<Node> nodes) {
        for (Node node : List.copyOf(asked.keySet())) {
            if (!nodes.contains(node)) {
                Asking gone = asked.remove(node);
                // One that is asking right now is closed by whoever asks.
                if (gone != null && gone.busy().compareAndSet(false, true)) {
                    gone.probe().close();
                }
            }
        }
        for (Node node : nodes) {
            asked.computeIfAbsent(
                    node,
                    added -> new Asking(
                            new TopologyProbe(added, connector, config.probeTimeout()), new AtomicBoolean()));
        }
        picture.nodes(nodes);
        LOG.infof(
                "event=nodes_changed nodes=%s",
                nodes.stream().map(Node::address).toList());
    }

    private void ask(Node node, Asking asking) {
        NodeState before = state(node);
        try {
            picture.answered(node, asking.probe().ask());
            if (picture.historyMissing()) {
                learnHistory(asking.probe());
            }
        } catch (SQLException e) {
            picture.failed(node, reason(e));
            if (!(before instanceof NodeState.Unreachable)) {
                LOG.warnf(
                        "event=node_unreachable node=%s sqlstate=%s message=%s",
                        node.name(), e.getSQLState(), e.getMessage());
            }
        } catch (RuntimeException e) {
            picture.failed(node, "failed");
            LOG.errorf(e, "event=probe_failed node=%s", node.name());
        } finally {
            if (!asked.containsKey(node)) {
                asking.probe().close();
            }
            asking.busy().set(false);
            announce(node, before);
        }
    }

    private void learnHistory(TopologyProbe probe) {
        Topology topology = picture.current();
        try {
            Map<Integer, Long> ended = probe.history(topology.timeline());
            picture.history(topology.timeline(), ended);
            LOG.infof("event=timeline_changed timeline=%d ancestors=%s", topology.timeline(), ended);
            store.keep(topology, Objects.requireNonNull(picture.systemId()), ended);
        } catch (SQLException e) {
            LOG.warnf(
                    "event=timeline_history_unreadable timeline=%d sqlstate=%s", topology.timeline(), e.getSQLState());
            store.find(topology, Objects.requireNonNull(picture.systemId()))
                    .ifPresent(ended -> picture.history(topology.timeline(), ended));
        }
    }

    private void announce(Node node, NodeState before) {
        NodeState after = state(node);
        if (!before.getClass().equals(after.getClass())) {
            LOG.infof("event=node_state node=%s state=%s", node.name(), after);
        }
        alarm();
        Topology topology = picture.current();
        listeners.forEach(listener -> listener.accept(topology));
        newsLock.lock();
        try {
            news.signalAll();
        } finally {
            newsLock.unlock();
        }
    }

    /** A fork loses acknowledged writes whichever half is given up: it is said again and again until somebody acts. */
    private void alarm() {
        Topology topology = picture.current();
        long now = System.nanoTime();
        long last = alarmedAtNanos.get();
        if (topology.leader() instanceof Leader.Forked forked
                && (last == 0 || now - last > ALARM_INTERVAL_NANOS)
                && alarmedAtNanos.compareAndSet(last, now)) {
            LOG.errorf("event=two_primaries timeline=%d primaries=%s", topology.timeline(), forked.primaries());
        }
    }

    private NodeState state(Node node) {
        return picture.current().nodes().stream()
                .filter(state -> state.node().equals(node))
                .findFirst()
                .orElseGet(() -> new NodeState.Unreachable(node, "removed"));
    }

    private static String reason(SQLException e) {
        String sqlState = Objects.requireNonNullElse(e.getSQLState(), "");
        if (e.getCause() instanceof SocketTimeoutException) {
            return "timeout";
        }
        return switch (sqlState) {
            case "57P03" -> "starting";
            case "28P01", "28000" -> "refused";
            case "53300" -> "too_many_connections";
            default -> sqlState.startsWith("08") ? "connect" : "failed";
        };
    }
}
