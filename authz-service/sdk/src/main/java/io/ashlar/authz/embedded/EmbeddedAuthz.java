package io.ashlar.authz.embedded;

import io.ashlar.authz.call.OnBehalfOf;
import io.ashlar.authz.call.ServiceCall;
import io.ashlar.authz.change.ChangeFeed;
import io.ashlar.authz.change.TopicClock;
import io.ashlar.authz.client.Authz;
import io.ashlar.authz.client.Decision;
import io.ashlar.authz.client.DecisionRecorder;
import io.ashlar.authz.client.EntityRef;
import io.ashlar.authz.client.Evaluation;
import io.ashlar.authz.client.RemoteAuthz;
import io.ashlar.authz.plan.Plan;
import io.ashlar.authz.plan.PlanRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides in this process, without a call: holds the compiled policies and the principals of the tenants it is asked about, and
 * drops them within a second of a change. Each decision is handed to the {@link DecisionRecorder} before it is answered. What
 * cannot be decided here (the change topic is more than a second behind, or authz has no snapshot) is asked of authz or denied,
 * as the {@linkplain EmbeddedOptions options} say. Plans are always asked of authz. Strict: an error inside any forbid denies.
 *
 * <p>Thread-safe. A check blocks only for recording and, the first time and after a change, to load.
 */
public final class EmbeddedAuthz implements AutoCloseable {

    private final Tenants tenants;
    private final TopicClock topic;
    private final RemoteAuthz authz;
    private final DecisionRecorder recorder;
    private final EmbeddedOptions options;
    private final @Nullable ChangeFeed feed;
    private final LongAdder here = new LongAdder();
    private final LongAdder asked = new LongAdder();
    private final LongAdder lastKnown = new LongAdder();
    private final LongAdder unavailable = new LongAdder();

    private EmbeddedAuthz(Builder builder) {
        this.options = builder.options;
        this.recorder = builder.recorder;
        this.topic = new TopicClock(builder.clock, builder.nanos);
        SnapshotSource source = new SnapshotSource(builder.authz, builder.reader, options.snapshotBytesMax());
        this.tenants = new Tenants(source, options, topic, builder.nanos, builder.revocationLatency);
        // Without the topic: where this one cannot tell what is fresh, nothing is kept.
        this.authz = RemoteAuthz.over(builder.authz).build();
        this.feed = builder.kafka.isEmpty() ? null : new ChangeFeed(builder.kafka, tenants, builder.clock);
        if (feed != null) {
            feed.start();
        }
    }

    /**
     * Counts since the start.
     *
     * @param here decided in this process
     * @param asked decided by authz, because this process could not
     * @param lastKnown decided in this process by what was last known, as the caller asked for
     * @param unavailable questions without an answer
     * @param loads snapshots asked for
     */
    public record Stats(long here, long asked, long lastKnown, long unavailable, long loads) {}

    /**
     * Begins.
     *
     * @param authz a call with the token of a service account that may act for users; closed with what is built
     * @param kafka client settings of the change topic's cluster, {@code bootstrap.servers} at least; without any
     *     nothing is ever decided here
     * @param recorder where each decision is taken down; {@link DecisionRecorder#NONE} leaves a hole in the audit log
     */
    public static Builder over(ServiceCall authz, Map<String, Object> kafka, DecisionRecorder recorder) {
        return new Builder(authz, kafka, recorder);
    }

    /** Decisions for one user of one tenant; cheap, made for each request. */
    public Authz onBehalfOf(OnBehalfOf user) {
        return new ForUser(user, Duration.ZERO);
    }

    /** Loads a tenant's policies ahead of its first question. False if they cannot be had now, for what reason soever. */
    public boolean warm(UUID tenant) {
        return tenants.find(tenant) instanceof Standing.Current;
    }

    /**
     * The same, for whoever must say why: empty if questions about the tenant are decided here now (where there is no such tenant:
     * denied), else what stands against it, for people.
     */
    public Optional<String> prepare(UUID tenant) {
        return tenants.find(tenant) instanceof Standing.Unsure unsure ? Optional.of(unsure.why()) : Optional.empty();
    }

    /** Whether the change topic is near enough to decide here; false for about a second after the start. */
    public boolean fresh() {
        return topic.within(options.lagMax());
    }

    /** How far behind the change topic is; empty before its first tick, and while it is not read. */
    public Optional<Duration> changeLag() {
        return topic.lag();
    }

    public Stats stats() {
        return new Stats(here.sum(), asked.sum(), lastKnown.sum(), unavailable.sum(), tenants.loads());
    }

    /** Ends reading and closes the call it was built over; the recorder is its maker's. */
    @Override
    public void close() {
        tenants.close();
        if (feed != null) {
            feed.close();
        }
        authz.close();
    }

    Tenants tenants() {
        return tenants;
    }

    private Decision check(OnBehalfOf user, Evaluation evaluation, Duration lastKnownMax) {
        Question question;
        try {
            question = Question.of(evaluation);
        } catch (IllegalArgumentException e) {
            return none("not a question: " + e.getMessage());
        }
        return switch (tenants.find(user.tenant())) {
            case Standing.Current(TenantPolicies policies) -> {
                here.increment();
                yield recorder.recorded(user, evaluation, policies.decide(question, options.stepUpMethods()));
            }
            case Standing.NoTenant none -> {
                here.increment();
                yield recorder.recorded(
                        user,
                        evaluation,
                        new Decision(Decision.Outcome.DENY, 0, 0, List.of(), List.of("tenant_unknown")));
            }
            case Standing.Unsure unsure -> inDoubt(user, evaluation, question, unsure, lastKnownMax);
        };
    }

    private Decision inDoubt(
            OnBehalfOf user, Evaluation evaluation, Question question, Standing.Unsure unsure, Duration lastKnownMax) {
        String why = unsure.why();
        if (options.whenBehind() == EmbeddedOptions.WhenBehind.ASK_AUTHZ) {
            Decision decision = authz.onBehalfOf(user)
                    .check(evaluation.subject(), evaluation.action(), evaluation.resource(), evaluation.context());
            if (decision.outcome() != Decision.Outcome.UNAVAILABLE) {
                asked.increment();
                return decision;
            }
            why = why + "; " + String.join("; ", decision.errors());
        }
        @Nullable TenantPolicies last = unsure.last();
        if (last == null || lastKnownMax.isZero() || unsure.age().compareTo(lastKnownMax) > 0) {
            return none(why);
        }
        lastKnown.increment();
        Decision decision = last.decide(question, options.stepUpMethods());
        return recorder.recorded(user, evaluation, decision.lastKnown(unsure.age()));
    }

    private Decision none(String why) {
        unavailable.increment();
        return Decision.unavailable(why);
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
            return EmbeddedAuthz.this.check(user, new Evaluation(subject, action, resource, context), lastKnownMax);
        }

        @Override
        public Authz lastKnown(Duration ageMax) {
            return new ForUser(user, ageMax);
        }

        @Override
        public Plan plan(PlanRequest request) {
            return authz.onBehalfOf(user).plan(request);
        }
    }

    /** Collects what an embedded decision point needs. Not thread-safe. */
    public static final class Builder {

        private final ServiceCall authz;
        private final Map<String, Object> kafka;
        private final DecisionRecorder recorder;
        private EmbeddedOptions options = EmbeddedOptions.DEFAULT;
        private String reader = "embedded-pdp";
        private Consumer<Duration> revocationLatency = latency -> {};
        private Clock clock = Clock.systemUTC();
        private LongSupplier nanos = System::nanoTime;

        private Builder(ServiceCall authz, Map<String, Object> kafka, DecisionRecorder recorder) {
            this.authz = authz;
            this.kafka = Map.copyOf(kafka);
            this.recorder = recorder;
        }

        public Builder options(EmbeddedOptions value) {
            this.options = value;
            return this;
        }

        /** The name, 1 to 255 visible ASCII characters, under which authz records that this process read a snapshot. */
        public Builder reader(String name) {
            this.reader = name;
            return this;
        }

        /** Told, for each change of a held tenant, how long after its commit nothing older counted here. Must not block. */
        public Builder revocationLatency(Consumer<Duration> latencies) {
            this.revocationLatency = latencies;
            return this;
        }

        Builder time(Clock wall, LongSupplier monotonic) {
            this.clock = wall;
            this.nanos = monotonic;
            return this;
        }

        public EmbeddedAuthz build() {
            return new EmbeddedAuthz(this);
        }
    }
}
