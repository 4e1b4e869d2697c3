package io.ashlar.authz.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Ticker;
import io.ashlar.authz.call.CallFailedException;
import io.ashlar.authz.call.CallFailedException.Reason;
import io.ashlar.authz.call.OnBehalfOf;
import io.ashlar.authz.call.ServiceCall;
import io.ashlar.authz.change.ChangeFeed;
import io.ashlar.authz.plan.Plan;
import io.ashlar.authz.plan.PlanChange;
import io.ashlar.authz.plan.PlanJson;
import io.ashlar.authz.plan.PlanRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks authz over the network. Decisions made {@link #onBehalfOf} a user are cached for at most a minute and dropped within a
 * second of a change; the same question asked by many at once is sent once, and the questions of a batch in one call. Without an
 * answer the outcome is {@link Decision.Outcome#UNAVAILABLE}. What authz is not asked for is handed to the
 * {@link DecisionRecorder} before it is answered. Asked directly, it decides for the user of the call's own token, whose tenant
 * it does not know, and caches nothing. Blocking; thread-safe.
 */
public final class RemoteAuthz implements Authz, AutoCloseable {

    private final ServiceCall authz;
    private final DecisionCache cache;
    private final Asker asker;
    private final @Nullable ChangeFeed feed;
    private final Counters counters = new Counters();

    private RemoteAuthz(Builder builder) {
        this.authz = builder.authz.repeatable();
        this.cache = new DecisionCache(
                builder.life, builder.entriesMax, builder.clock, builder.ticker, builder.revocationLatency);
        this.asker = new Asker(authz, cache, builder.recorder, counters);
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
     * @param lastKnown those of the misses that nobody answered and that were decided as was last known, as the caller asked for
     * @param unavailable questions without an answer
     */
    public record Stats(long hits, long misses, long stale, long lastKnown, long unavailable) {}

    /** Begins with a call to authz that carries a service account's token. */
    public static Builder over(ServiceCall authz) {
        return new Builder(authz);
    }

    /** The same for one user of one tenant; cheap, made for each request. */
    public Authz onBehalfOf(OnBehalfOf user) {
        return new ForUser(user, Duration.ZERO);
    }

    @Override
    public Decision check(EntityRef subject, String action, EntityRef resource, Map<String, Object> context) {
        counters.misses.increment();
        Decision decision = Asker.ask(authz, new Evaluation(subject, action, resource, context));
        if (decision.outcome() == Decision.Outcome.UNAVAILABLE) {
            counters.unavailable.increment();
        }
        return decision;
    }

    @Override
    public Plan plan(PlanRequest request) {
        return plan(authz, request);
    }

    /**
     * What a draft of policies would change for a subject.
     *
     * @param user who may read the draft
     * @param draft its id
     * @throws io.ashlar.authz.call.CallFailedException without an answer
     */
    public PlanChange planOfDraft(OnBehalfOf user, String draft, PlanRequest request) {
        JsonNode answer = authz.onBehalfOf(user)
                .post("/api/v1/policy-drafts/" + draft + "/plan", PlanJson.write(request), JsonNode.class);
        return new PlanChange(read(answer.path("before")), read(answer.path("after")));
    }

    public Stats stats() {
        return new Stats(
                counters.hits.sum(),
                counters.misses.sum(),
                counters.stale.sum(),
                counters.lastKnown.sum(),
                counters.unavailable.sum());
    }

    /** How far behind the change topic is; empty before its first tick. */
    public Optional<Duration> changeLag() {
        return cache.lag();
    }

    /** Ends reading and closes the call it was built over. */
    @Override
    public void close() {
        asker.close();
        if (feed != null) {
            feed.close();
        }
        authz.close();
    }

    DecisionCache cache() {
        return cache;
    }

    private static Plan plan(ServiceCall call, PlanRequest request) {
        return read(call.post("/api/v1/plan", PlanJson.write(request), JsonNode.class));
    }

    private static Plan read(JsonNode answer) {
        return PlanJson.read(answer)
                .orElseThrow(faults -> CallFailedException.without(
                        "authz",
                        Reason.UNREADABLE,
                        "not a plan: " + faults.getFirst().detail(),
                        null));
    }

    private final class ForUser implements Authz {

        private final OnBehalfOf user;
        private final Duration lastKnownMax;

        private ForUser(OnBehalfOf user, Duration lastKnownMax) {
            this.user = user;
            this.lastKnownMax = lastKnownMax;
        }

        @Override
        public Decision check(EntityRef subject, String action, EntityRef resource, Map<String, Object> context) {
            return checkAll(List.of(new Evaluation(subject, action, resource, context)))
                    .getFirst();
        }

        @Override
        public List<Decision> checkAll(List<Evaluation> questions) {
            return asker.decide(user, questions, lastKnownMax);
        }

        @Override
        public Authz lastKnown(Duration ageMax) {
            return new ForUser(user, ageMax);
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
        private Consumer<Duration> revocationLatency = latency -> {};
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

        /** Told, for each change, how long after its commit this cache was without what it changed. Must not block. */
        public Builder revocationLatency(Consumer<Duration> latencies) {
            this.revocationLatency = latencies;
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
