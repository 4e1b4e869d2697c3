package io.ashlar.authz.shadow;

import io.ashlar.authz.client.Authz;
import io.ashlar.authz.client.Decision;
import io.ashlar.authz.client.EntityRef;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Answers as one side does, the application's own check or policies, and compares with the other one beside it.
 *
 * <p>The side that answers runs on the caller's thread; the other one on a virtual thread of its own, begun when the answer is
 * there. What it costs the caller is a permit and the start of a thread; never a wait: when {@link ShadowOptions#inFlightMax}
 * comparisons are under way, the question is answered and counted as skipped. A watched legacy check must therefore not lean on
 * the caller's thread (a transaction, a request's context); whatever it throws is a difference and reaches nobody. A legacy check
 * that answers throws what it throws, as it did before. Policies that cannot be asked do not allow. Thread-safe.
 */
public final class ShadowAuthorizer implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(ShadowAuthorizer.class.getName());

    private static final long CLOSE_SECONDS_MAX = 5;

    private final ShadowOptions options;
    private final Clock clock;
    private final Consumer<Difference> listener;
    private final DifferenceLog log;
    private final Semaphore places;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile int newPercent;

    private ShadowAuthorizer(ShadowOptions options, Consumer<Difference> listener, Clock clock) {
        this.options = options;
        this.listener = listener;
        this.clock = clock;
        this.log = new DifferenceLog(options, clock);
        this.places = new Semaphore(options.inFlightMax());
        this.newPercent = options.newPercent();
    }

    /** Compares and counts. */
    public static ShadowAuthorizer with(ShadowOptions options) {
        return new ShadowAuthorizer(options, difference -> {}, Clock.systemUTC());
    }

    /**
     * Compares, counts and hands each difference on.
     *
     * @param listener called beside the caller, by several threads; what it throws is logged
     */
    public static ShadowAuthorizer with(ShadowOptions options, Consumer<Difference> listener) {
        return new ShadowAuthorizer(options, listener, Clock.systemUTC());
    }

    static ShadowAuthorizer with(ShadowOptions options, Consumer<Difference> listener, Clock clock) {
        return new ShadowAuthorizer(options, listener, clock);
    }

    /**
     * Whether the subject may.
     *
     * @param authz policies, for the present user
     * @param legacy the application's own check of the same
     */
    public boolean allowed(
            Authz authz,
            EntityRef subject,
            String action,
            EntityRef resource,
            Map<String, Object> context,
            BooleanSupplier legacy) {
        Difference.Asked asked = new Difference.Asked(subject, action, resource);
        if (newAnswers(subject)) {
            Decision decision = decide(authz, asked, context);
            beside(() -> compare(asked, attempt(legacy), decision));
            return decision.allowed();
        }
        Attempt attempt = attempt(legacy);
        beside(() -> compare(asked, attempt, decide(authz, asked, context)));
        return attempt.answer();
    }

    /** Without facts of the request. */
    public boolean allowed(Authz authz, EntityRef subject, String action, EntityRef resource, BooleanSupplier legacy) {
        return allowed(authz, subject, action, resource, Map.of(), legacy);
    }

    /** From now on policies answer for so many of a hundred subjects: 0 takes everything back at once. */
    public void newPercent(int percent) {
        newPercent = options.newPercent(percent).newPercent();
    }

    /** What was found since the start. */
    public DifferenceReport report() {
        return log.report(newPercent);
    }

    /** Waits 5 s for comparisons under way, then interrupts them. Questions asked later are answered and not compared. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(CLOSE_SECONDS_MAX, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    /** By a hash of the subject: whoever sees a new answer goes on seeing it. */
    private boolean newAnswers(EntityRef subject) {
        CRC32C hash = new CRC32C();
        hash.update((subject.type() + "::" + subject.id()).getBytes(StandardCharsets.UTF_8));
        return hash.getValue() % 100 < newPercent;
    }

    private void beside(Runnable comparison) {
        if (!places.tryAcquire()) {
            log.skipped();
            return;
        }
        try {
            threads.execute(() -> run(comparison));
        } catch (RejectedExecutionException e) {
            places.release();
            log.skipped();
        }
    }

    private void run(Runnable comparison) {
        try {
            comparison.run();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "event=shadow_comparison_failed", e);
        } finally {
            places.release();
        }
    }

    private void compare(Difference.Asked asked, Attempt legacy, Decision decision) {
        Difference.New side = new Difference.New(decision.reasons(), decision.policyVersion(), decision.revision());
        Difference.@Nullable Kind kind = null;
        String detail = "";
        if (legacy.failure() != null) {
            kind = Difference.Kind.LEGACY_FAILED;
            detail = legacy.failure().getClass().getName();
        } else if (decision.outcome() == Decision.Outcome.UNAVAILABLE) {
            kind = Difference.Kind.NEW_UNAVAILABLE;
            detail = String.join("; ", decision.errors());
        } else if (legacy.allowed() != decision.allowed()) {
            kind = legacy.allowed() ? Difference.Kind.LOSES : Difference.Kind.GAINS;
            detail = String.join("; ", decision.errors());
        }
        if (kind == null) {
            log.same();
            return;
        }
        Difference difference = Difference.of(kind, asked, side, detail, clock.instant());
        log.differed(difference);
        listener.accept(difference);
    }

    /** A question that is no question to policies is one that they cannot answer. */
    private static Decision decide(Authz authz, Difference.Asked asked, Map<String, Object> context) {
        try {
            return authz.check(asked.subject(), asked.action(), asked.resource(), context);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "event=shadow_question_failed", e);
            return new Decision(Decision.Outcome.UNAVAILABLE, -1, -1, List.of(), List.of(e.toString()));
        }
    }

    private static Attempt attempt(BooleanSupplier legacy) {
        try {
            return new Attempt(legacy.getAsBoolean(), null);
        } catch (RuntimeException e) {
            return new Attempt(false, e);
        }
    }

    /** What the legacy check came to. */
    private record Attempt(boolean allowed, @Nullable RuntimeException failure) {

        boolean answer() {
            if (failure != null) {
                throw failure;
            }
            return allowed;
        }
    }
}
