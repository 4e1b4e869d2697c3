package io.ashlar.router.read;

import io.ashlar.authz.problem.ErrorCode;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.router.RouterError;
import io.ashlar.router.choice.Choice;
import io.ashlar.router.choice.Gates;
import io.ashlar.router.choice.Need;
import io.ashlar.router.choice.Reason;
import io.ashlar.router.client.Pool;
import io.ashlar.router.client.TooCostly;
import io.ashlar.router.flight.Demand;
import io.ashlar.router.flight.Outcome;
import io.ashlar.router.flight.Proof;
import io.ashlar.router.flight.SqlStates;
import io.ashlar.router.node.Node;
import io.ashlar.router.topology.Topology;
import io.ashlar.router.topology.WalMath;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One read: choose, try, learn, choose again. For one thread. */
final class Reading<T> {

    private static final long RETRY_AFTER_SECONDS = 1;
    private static final int ROLE_CHANGES_MAX = 3;

    private final Reads reads;
    private final UUID tenant;
    private final Need need;
    private final Attempt<T> attempt;
    private final long startNanos = System.nanoTime();
    private final Set<Node> failed = new HashSet<>();
    private final Set<Node> stale = new HashSet<>();
    private int roleChanges;
    private boolean retried;
    private boolean waitedEnough;
    private long waitStartNanos;
    private @Nullable Duration waitBudget;

    Reading(Reads reads, UUID tenant, Need need, Attempt<T> attempt) {
        this.reads = reads;
        this.tenant = tenant;
        this.need = need;
        this.attempt = attempt;
    }

    Served<T> run() {
        try {
            while (left().isPositive()) {
                Topology topology = reads.watch().topology();
                switch (Choice.of(need, situation(topology), node -> ThreadLocalRandom.current()
                        .nextLong())) {
                    case Choice.Refuse(RouterError error, String detail) -> throw refusal(error, detail);
                    case Choice.Wait wait -> await(wait, topology);
                    case Choice.Read target -> {
                        Optional<Served<T>> served = read(target);
                        if (served.isPresent()) {
                            return served.get();
                        }
                    }
                }
            }
            throw refusal(RouterError.CONSISTENCY_PENDING, "The deadline passed before any node could answer.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refusal(RouterError.STORE_UNAVAILABLE, "The router is stopping.");
        }
    }

    private Choice.Situation situation(Topology topology) {
        return new Choice.Situation(
                topology,
                System.nanoTime(),
                reads.policy().incarnation(),
                reads.policy().choice().lagBound(),
                reads.policy().choice().lagTie(),
                node -> !failed.contains(node) && reads.gates().usable(node),
                stale::contains,
                reads.gates()::inFlight,
                waitedEnough);
    }

    private Optional<Served<T>> read(Choice.Read target) throws InterruptedException {
        boolean fallback = target.reason() == Reason.FALLBACK;
        if (fallback && !reads.policy().share().tryTake()) {
            throw refusal(
                    RouterError.CONSISTENCY_PENDING,
                    "No replica is fresh enough, and the primary's share for such reads is used up.");
        }
        try {
            Optional<Gates.Pass> pass = reads.gates().enter(target.node());
            if (pass.isEmpty()) {
                failed.add(target.node());
                return Optional.empty();
            }
            try (Gates.Pass inside = pass.get()) {
                return judge(target, inside, attempt.on(target.node(), demand(target), left()));
            }
        } finally {
            if (fallback) {
                reads.policy().share().giveBack();
            }
        }
    }

    private Demand demand(Choice.Read target) {
        return new Demand(
                tenant,
                target.primary(),
                target.timeline(),
                target.lsn(),
                reads.policy().byNumber(target.offsets()));
    }

    private Optional<Served<T>> judge(Choice.Read target, Gates.Pass pass, Outcome<T> outcome)
            throws InterruptedException {
        switch (outcome) {
            case Outcome.Landed<T> landed -> {
                pass.answered();
                return Optional.of(served(target, landed));
            }
            case Outcome.Behind<T>(Proof first) -> {
                pass.answered();
                if (target.primary() && !WalMath.reached(first.lsn(), target.lsn())) {
                    throw refusal(
                            RouterError.CONSISTENCY_LOST, "The token is ahead of the primary; read again without it.");
                }
                stale.add(target.node());
            }
            case Outcome.RoleChanged<T>() -> {
                pass.answered();
                roleChanged();
            }
            case Outcome.TenantLost<T>() -> {
                pass.answered();
                reads.metrics().tenantLost();
                throw refusal(RouterError.TENANT_SETTING_LOST, "No row was released.");
            }
            case Outcome.Refused<T>(String sqlState) -> {
                pass.answered();
                throw refused(sqlState);
            }
            case Outcome.OverCeiling<T>(TooCostly numbers) -> {
                pass.answered();
                throw refusal(
                        RouterError.QUERY_TOO_COSTLY,
                        "The store expects more work of it than one read may make; narrow it.",
                        numbers.faults());
            }
            case Outcome.TimedOut<T>() -> {
                pass.answered();
                throw refusal(RouterError.STATEMENT_TIMEOUT, "Narrow the query, or export it.");
            }
            case Outcome.Busy<T>() ->
                throw refusal(RouterError.STORE_UNAVAILABLE, "All connections to the chosen node are taken.");
            case Outcome.Broken<T>(String reason) -> {
                pass.failed();
                retry(target, reason);
            }
        }
        return Optional.empty();
    }

    private void retry(Choice.Read target, String reason) {
        if (retried) {
            throw refusal(RouterError.STORE_UNAVAILABLE, "Two nodes failed one after the other.");
        }
        retried = true;
        failed.add(target.node());
        reads.metrics().retried(reason);
    }

    private void roleChanged() throws InterruptedException {
        roleChanges++;
        if (roleChanges > ROLE_CHANGES_MAX) {
            throw refusal(RouterError.STORE_UNAVAILABLE, "The cluster is changing its primary.");
        }
        long revision = reads.watch().topology().revision();
        reads.watch().awaitNews(revision, reads.policy().choice().lsnWait());
    }

    private ProblemException refused(String sqlState) {
        return SqlStates.isRelationUnknown(sqlState)
                ? refusal(RouterError.RELATION_UNKNOWN, "The store does not have what the dataset names.")
                : refusal(RouterError.QUERY_FAILED, "The store refused the query, SQLSTATE " + sqlState + ".");
    }

    /** Asks those who may soon be fresh enough; who is goes into the picture, and the choice is made again. */
    private void await(Choice.Wait wait, Topology topology) throws InterruptedException {
        long now = System.nanoTime();
        Duration budget = waitBudget;
        if (budget == null) {
            waitStartNanos = now;
            budget = wait.offsets().isEmpty()
                    ? reads.policy().choice().lsnWait()
                    : reads.policy().choice().offsetWait();
            waitBudget = budget;
        }
        Duration waited = Duration.ofNanos(now - waitStartNanos);
        if (waited.compareTo(budget) >= 0) {
            waitedEnough = true;
            reads.metrics().waited(false, waited);
            return;
        }
        if (!ask(wait, budget.minus(waited))) {
            reads.watch().awaitNews(topology.revision(), reads.policy().choice().askInterval());
        }
    }

    private boolean ask(Choice.Wait wait, Duration atMost) throws InterruptedException {
        Demand demand = new Demand(
                tenant,
                wait.primary(),
                wait.timeline(),
                wait.lsn(),
                reads.policy().byNumber(wait.offsets()));
        List<Future<Optional<Proof>>> answers = new ArrayList<>();
        for (Node node : wait.nodes()) {
            answers.add(reads.flights().ask(node, Pool.API, demand, atMost));
        }
        boolean enough = false;
        long until = System.nanoTime() + atMost.toNanos();
        for (int i = 0; i < answers.size(); i++) {
            Node node = wait.nodes().get(i);
            Optional<Proof> proof = answer(answers.get(i), until - System.nanoTime());
            if (proof.isPresent() && reads.flights().meets(demand, proof.get())) {
                stale.remove(node);
                reads.watch().proven(node, wait.timeline(), proof.get().lsn());
                enough = true;
            }
        }
        return enough;
    }

    private static Optional<Proof> answer(Future<Optional<Proof>> answer, long nanos) throws InterruptedException {
        try {
            return answer.toCompletionStage().toCompletableFuture().get(Math.max(1, nanos), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // No answer is an answer: the node is not fresh enough yet.
            return Optional.empty();
        }
    }

    private Served<T> served(Choice.Read target, Outcome.Landed<T> landed) {
        boolean waited = waitBudget != null && target.reason() == Reason.REPLICA;
        if (waited) {
            reads.metrics().waited(true, Duration.ofNanos(System.nanoTime() - waitStartNanos));
        }
        Reason reason = waited ? Reason.WAITED : target.reason();
        String consistency =
                reason == Reason.PRIMARY_AWAY ? "degraded" : need.level().wire();
        Proof second = landed.second();
        reads.metrics().served(target.primary(), consistency, reason);
        return new Served<>(
                landed.value(),
                target.primary() ? "primary" : target.node().name(),
                target.primary() ? 0 : lagMillis(landed.first().lsn()),
                consistency,
                reason,
                reads.policy().mint(tenant, target.timeline(), second.lsn(), need.token()));
    }

    private long lagMillis(long lsn) {
        OptionalLong freshAt = reads.watch().freshAtNanos(lsn);
        return freshAt.isPresent()
                ? Math.max(0, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - freshAt.getAsLong()))
                : -1;
    }

    private Duration left() {
        return reads.policy().deadline().minusNanos(System.nanoTime() - startNanos);
    }

    private ProblemException refusal(ErrorCode error, String detail) {
        return refusal(error, detail, List.of());
    }

    private ProblemException refusal(ErrorCode error, String detail, List<Fault> faults) {
        reads.metrics().refused(error);
        ProblemException refusal = new ProblemException(error, detail, faults);
        return error.status() == 503 ? refusal.retryAfter(RETRY_AFTER_SECONDS) : refusal;
    }
}
