package io.ashlar.authz.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Ticker;
import io.ashlar.authz.call.CallFailedException;
import io.ashlar.authz.call.CallFailedException.Reason;
import io.ashlar.authz.call.OnBehalfOf;
import io.ashlar.authz.call.ServiceCall;
import io.ashlar.authz.client.DecisionCache.Versions;
import io.ashlar.authz.plan.Plan;
import io.ashlar.authz.plan.PlanJson;
import io.ashlar.authz.plan.PlanRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Asks authz over the network. Decisions made {@link #onBehalfOf} a user are cached for at most a minute and dropped within a
 * second of a change; the same question asked by many at once is sent once. Without an answer the outcome is
 * {@link Decision.Outcome#UNAVAILABLE}. What authz is not asked for is handed to the {@link DecisionRecorder} before it is
 * answered. Asked directly, it decides for the user of the call's own token, whose tenant it does
 * not know, and caches nothing. Blocking; thread-safe.
 */
public final class RemoteAuthz implements Authz, AutoCloseable {

    private static final Duration FOLLOWER_WAIT_MAX = Duration.ofSeconds(10);

    private final ServiceCall authz;
    private final DecisionCache cache;
    private final @Nullable ChangeFeed feed;
    private final DecisionRecorder recorder;
    private final ConcurrentMap<CacheKey, CompletableFuture<Decision>> flights = new ConcurrentHashMap<>();
    private final Counters counters = new Counters();

    private RemoteAuthz(Builder builder) {
        this.authz = builder.authz.repeatable();
        this.cache = new DecisionCache(builder.life, builder.entriesMax, builder.clock, builder.ticker);
        this.recorder = builder.recorder;
        this.feed = builder.kafka == null ? null : new ChangeFeed(builder.kafka, cache, builder.clock);
        if (feed != null) {
            feed.start();
        }
    }

    /**
     * Counts since the start; the hit rate is hits ÷ (hits + misses).
     *
     * @param misses questions that were sent or joined one that was
     * @param stale those of the misses that were sent because the change topic was behind
     * @param unavailable questions without an answer
     */
    public record Stats(long hits, long misses, long stale, long unavailable) {}

    private static final class Counters {
        private final LongAdder hits = new LongAdder();
        private final LongAdder misses = new LongAdder();
        private final LongAdder stale = new LongAdder();
        private final LongAdder unavailable = new LongAdder();
    }

    /** Begins with a call to authz that carries a service account's token. */
    public static Builder over(ServiceCall authz) {
        return new Builder(authz);
    }

    /** The same for one user of one tenant; cheap, made for each request. */
    public Authz onBehalfOf(OnBehalfOf user) {
        return new ForUser(user);
    }

    @Override
    public Decision check(EntityRef subject, String action, EntityRef resource, Map<String, Object> context) {
        counters.misses.increment();
        return ask(authz, new Evaluation(subject, action, resource, context));
    }

    @Override
    public Plan plan(PlanRequest request) {
        return plan(authz, request);
    }

    public Stats stats() {
        return new Stats(counters.hits.sum(), counters.misses.sum(), counters.stale.sum(), counters.unavailable.sum());
    }

    /** How far behind the change topic is; empty before its first tick. */
    public Optional<Duration> changeLag() {
        return cache.lag();
    }

    @Override
    public void close() {
        if (feed != null) {
            feed.close();
        }
        authz.close();
    }

    DecisionCache cache() {
        return cache;
    }

    private Decision check(OnBehalfOf user, Evaluation evaluation) {
        UUID tenant = user.tenant();
        Versions known = cache.known(tenant);
        CacheKey key = CacheKey.of(tenant, user.subject(), evaluation, known.policyVersion(), known.revision());
        boolean fresh = cache.fresh();
        if (fresh && known.revision() >= 0) {
            Optional<Decision> kept = cache.find(key);
            if (kept.isPresent()) {
                counters.hits.increment();
                return recorder.recorded(user, evaluation, kept.get());
            }
        }
        counters.misses.increment();
        if (!fresh) {
            counters.stale.increment();
        }
        return fly(key, user, evaluation, fresh);
    }

    /**
     * One question in flight per key. Whoever joins gets an answer at most one call's deadline older than its own question
     * would have got.
     */
    private Decision fly(CacheKey key, OnBehalfOf user, Evaluation evaluation, boolean fresh) {
        CompletableFuture<Decision> mine = new CompletableFuture<>();
        CompletableFuture<Decision> running = flights.putIfAbsent(key, mine);
        if (running != null) {
            return recorder.recorded(user, evaluation, join(running));
        }
        try {
            Decision decision = ask(authz.onBehalfOf(user), evaluation);
            if (fresh && decision.outcome() != Decision.Outcome.UNAVAILABLE) {
                cache.keep(user.tenant(), user.subject(), evaluation, decision);
            }
            mine.complete(decision);
            return decision;
        } finally {
            flights.remove(key, mine);
            // Only where something unforeseen was thrown: nobody may wait for an answer that never comes.
            mine.complete(Decision.unavailable("the question failed"));
        }
    }

    private Decision join(CompletableFuture<Decision> running) {
        try {
            return running.get(FOLLOWER_WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Decision.unavailable("interrupted");
        } catch (ExecutionException | TimeoutException e) {
            counters.unavailable.increment();
            return Decision.unavailable("the same question, asked before, has no answer yet");
        }
    }

    private Decision ask(ServiceCall call, Evaluation evaluation) {
        try {
            return EvaluationJson.readDecision(
                    call.post("/access/v1/evaluation", EvaluationJson.write(evaluation), JsonNode.class));
        } catch (CallFailedException e) {
            counters.unavailable.increment();
            return Decision.unavailable(e.getMessage() == null ? e.reason().name() : e.getMessage());
        }
    }

    private static Plan plan(ServiceCall call, PlanRequest request) {
        JsonNode answer = call.post("/api/v1/plan", PlanJson.write(request), JsonNode.class);
        return PlanJson.read(answer)
                .orElseThrow(faults -> CallFailedException.without(
                        "authz",
                        Reason.UNREADABLE,
                        "not a plan: " + faults.getFirst().detail(),
                        null));
    }

    private final class ForUser implements Authz {

        private final OnBehalfOf user;

        private ForUser(OnBehalfOf user) {
            this.user = user;
        }

        @Override
        public Decision check(EntityRef subject, String action, EntityRef resource, Map<String, Object> context) {
            return RemoteAuthz.this.check(user, new Evaluation(subject, action, resource, context));
        }

        @Override
        public Plan plan(PlanRequest request) {
            return RemoteAuthz.plan(authz.onBehalfOf(user), request);
        }
    }

    /** Collects what the client needs. Not thread-safe. */
    public static final class Builder {

        private final ServiceCall authz;
        private @Nullable Map<String, Object> kafka;
        private Duration life = Duration.ofSeconds(60);
        private long entriesMax = 100_000;
        private DecisionRecorder recorder = DecisionRecorder.NONE;
        private Clock clock = Clock.systemUTC();
        private Ticker ticker = Ticker.systemTicker();

        private Builder(ServiceCall authz) {
            this.authz = authz;
        }

        /** Kafka client settings, {@code bootstrap.servers} at least; without them nothing is ever cached. */
        public Builder changes(Map<String, Object> kafkaConfig) {
            this.kafka = Map.copyOf(kafkaConfig);
            return this;
        }

        /** How long a decision is kept at most, and how many are. */
        public Builder cache(Duration decisionLife, long decisionsMax) {
            this.life = decisionLife;
            this.entriesMax = decisionsMax;
            return this;
        }

        /** Who takes down decisions that were answered out of the cache, or by another's question that was under way. */
        public Builder recorder(DecisionRecorder decisionRecorder) {
            this.recorder = decisionRecorder;
            return this;
        }

        Builder time(Clock wall, Ticker monotonic) {
            this.clock = wall;
            this.ticker = monotonic;
            return this;
        }

        public RemoteAuthz build() {
            return new RemoteAuthz(this);
        }
    }
}
