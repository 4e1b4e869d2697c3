package io.ashlar.router.choice;

import io.ashlar.authz.call.Consistency.Level;
import io.ashlar.router.RouterError;
import io.ashlar.router.node.Node;
import io.ashlar.router.topology.Leader;
import io.ashlar.router.topology.NodeState;
import io.ashlar.router.topology.NodeState.Replica;
import io.ashlar.router.topology.Topology;
import io.ashlar.router.topology.WalMath;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/** What to do with a read now. */
public sealed interface Choice {

    /**
     * Read there, and release nothing unless the first proof shows {@code lsn} and {@code offsets}.
     *
     * @param timeline of the picture that was judged; the primary must prove to be on it
     */
    record Read(
            Node node, boolean primary, int timeline, long lsn, Map<String, Map<Integer, Long>> offsets, Reason reason)
            implements Choice {}

    /** These may become fresh enough soon; empty if it is the picture that must change. */
    record Wait(List<Node> nodes, boolean primary, int timeline, long lsn, Map<String, Map<Integer, Long>> offsets)
            implements Choice {}

    /** It cannot be answered now, or not at all. */
    record Refuse(RouterError error, String detail) implements Choice {}

    /**
     * What is judged.
     *
     * @param topology one picture
     * @param nowNanos {@link System#nanoTime()}
     * @param incarnation the only one whose tokens count
     * @param lagBound where the caller names none
     * @param lagTie lags that differ by less are alike
     * @param usable whether the breaker lets a read through, and this read has not failed there
     * @param stale whether a flight of this read has just shown that the node is behind
     * @param inFlight reads running on a node
     * @param waited the time for waiting is over
     */
    record Situation(
            Topology topology,
            long nowNanos,
            int incarnation,
            Duration lagBound,
            Duration lagTie,
            Predicate<Node> usable,
            Predicate<Node> stale,
            ToIntFunction<Node> inFlight,
            boolean waited) {}

    /** Decides. Ties are broken by {@code dice}: any number, equal numbers for equal throws. */
    static Choice of(Need need, Situation now, ToLongFunction<Node> dice) {
        Topology topology = now.topology();
        if (topology.leader() instanceof Leader.Forked) {
            return new Refuse(
                    RouterError.STORE_UNAVAILABLE, "Two primaries share a timeline; a person must say which is right.");
        }
        if (need.level() == Level.ANALYTICS) {
            return new Refuse(RouterError.ANALYTICS_UNAVAILABLE, "No analytical store is configured.");
        }
        if (need.level() == Level.SESSION && need.token() == null) {
            return new Refuse(RouterError.SESSION_TOKEN_MISSING, "Send Ashlar-Consistency-Token, or ask for eventual.");
        }
        return switch (Required.of(need.token(), now.incarnation(), topology)) {
            case Required.Lost() ->
                new Refuse(
                        RouterError.CONSISTENCY_LOST, "The token's position did not survive; read again without it.");
            case Required.Younger() ->
                now.waited()
                        ? new Refuse(RouterError.CONSISTENCY_PENDING, "The token is of a timeline not seen here yet.")
                        : new Wait(List.of(), false, topology.timeline(), 0, Map.of());
            case Required.Position required ->
                need.level() == Level.STRONG
                        ? onPrimary(now, required, Reason.STRONG, RouterError.STORE_UNAVAILABLE)
                        : onReplica(need, now, required, dice);
        };
    }

    private static Choice onPrimary(Situation now, Required.Position required, Reason reason, RouterError otherwise) {
        if (now.topology().leader() instanceof Leader.One(NodeState.Primary primary)
                && now.usable().test(primary.node())) {
            if (!now.stale().test(primary.node())) {
                return new Read(primary.node(), true, primary.timeline(), required.lsn(), required.offsets(), reason);
            }
            return now.waited()
                    ? new Refuse(RouterError.CONSISTENCY_PENDING, "What the token stands for is not loaded yet.")
                    : new Wait(List.of(primary.node()), true, primary.timeline(), required.lsn(), required.offsets());
        }
        return new Refuse(
                otherwise,
                otherwise == RouterError.STORE_UNAVAILABLE
                        ? "The primary does not answer."
                        : "No replica is fresh enough, and the primary does not answer.");
    }

    private static Choice onReplica(Need need, Situation now, Required.Position required, ToLongFunction<Node> dice) {
        Topology topology = now.topology();
        List<Replica> usable = topology.replicas().stream()
                .filter(replica -> now.usable().test(replica.node()))
                .toList();
        if (topology.leader() instanceof Leader.None && need.level() == Level.EVENTUAL && need.token() == null) {
            return degraded(need, now, usable);
        }
        Duration staleness = need.staleness();
        long bound = (staleness == null ? now.lagBound() : staleness).toNanos();
        List<Replica> candidates =
                usable.stream().filter(replica -> lag(replica, now) <= bound).toList();
        List<Replica> fresh = candidates.stream()
                .filter(replica -> WalMath.reached(replica.replayLsn(), required.lsn()))
                .filter(replica -> !now.stale().test(replica.node()))
                .toList();
        if (!fresh.isEmpty()) {
            Replica best = best(fresh, now, dice);
            return new Read(
                    best.node(), false, topology.timeline(), required.lsn(), required.offsets(), Reason.REPLICA);
        }
        if (topology.leader() instanceof Leader.One(NodeState.Primary primary) && topology.alone(primary.node())) {
            return onPrimary(now, required, Reason.ONLY_NODE, RouterError.STORE_UNAVAILABLE);
        }
        if (!candidates.isEmpty() && !now.waited()) {
            return new Wait(
                    candidates.stream().map(Replica::node).toList(),
                    false,
                    topology.timeline(),
                    required.lsn(),
                    required.offsets());
        }
        return onPrimary(now, required, Reason.FALLBACK, RouterError.CONSISTENCY_PENDING);
    }

    /** The primary is away: the freshest replica will do, with its true lag, unless the caller forbids it. */
    private static Choice degraded(Need need, Situation now, List<Replica> usable) {
        if (usable.isEmpty()) {
            return new Refuse(RouterError.STORE_UNAVAILABLE, "No server of the data cluster answers.");
        }
        Replica freshest = usable.stream()
                .max(Comparator.comparingLong(Replica::replayLsn))
                .orElseThrow();
        Duration staleness = need.staleness();
        if (staleness != null && lag(freshest, now) > staleness.toNanos()) {
            return new Refuse(
                    RouterError.CONSISTENCY_PENDING, "The primary is away, and no replica is as fresh as asked.");
        }
        return new Read(freshest.node(), false, now.topology().timeline(), 0, Map.of(), Reason.PRIMARY_AWAY);
    }

    private static Replica best(List<Replica> fresh, Situation now, ToLongFunction<Node> dice) {
        long least =
                fresh.stream().mapToLong(replica -> lag(replica, now)).min().orElseThrow();
        return fresh.stream()
                .filter(replica -> lag(replica, now) - least < now.lagTie().toNanos())
                .min(Comparator.comparingInt((Replica replica) -> now.inFlight().applyAsInt(replica.node()))
                        .thenComparingLong(replica -> dice.applyAsLong(replica.node())))
                .orElseThrow();
    }

    /** In nanoseconds; unknown is endless. */
    private static long lag(Replica replica, Situation now) {
        return replica.lagNanos(now.nowNanos()).orElse(Long.MAX_VALUE);
    }
}
