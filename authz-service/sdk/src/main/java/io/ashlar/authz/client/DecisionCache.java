package io.ashlar.authz.client;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.ashlar.authz.change.ChangeListener;
import io.ashlar.authz.change.ChangeMessage;
import io.ashlar.authz.change.ChangeMessage.Change;
import io.ashlar.authz.change.ChangeMessage.Tick;
import io.ashlar.authz.change.TopicClock;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Decisions of the last minute, found only under the newest versions of the tenant that are known, and only while the change
 * topic is at most a second behind. An answer is kept only if it was asked for while fresh and is not older than what the
 * topic told meanwhile. Thread-safe.
 */
final class DecisionCache implements ChangeListener {

    /** Older than this is as good as unknown. */
    static final Duration LAG_MAX = Duration.ofSeconds(1);

    private static final long TENANTS_MAX = 100_000;

    /** What is known to be newest; {@code NONE} where nothing is. */
    record Versions(long policyVersion, long revision) {
        static final Versions NONE = new Versions(-1, -1);

        Versions newer(Versions other) {
            return other.revision > revision ? other : this;
        }
    }

    private record Kept(Decision decision, long answeredNanos) {}

    private final Cache<CacheKey, Kept> decisions;
    private final Cache<UUID, Versions> versions;
    private final TopicClock topic;
    private final Ticker ticker;
    private final Consumer<Duration> latencies;

    /**
     * An empty cache.
     *
     * @param latencies told how long each change took from its commit until nothing older is found here
     */
    DecisionCache(Duration life, long entriesMax, Clock clock, Ticker ticker, Consumer<Duration> latencies) {
        this.decisions = Caffeine.newBuilder()
                .maximumSize(entriesMax)
                .expireAfterWrite(life)
                .ticker(ticker)
                .build();
        this.versions = Caffeine.newBuilder().maximumSize(TENANTS_MAX).build();
        this.topic = new TopicClock(clock, ticker::read);
        this.ticker = ticker;
        this.latencies = latencies;
    }

    /** To be asked before {@link #known}: what is read afterwards includes all that was committed a second before. */
    boolean fresh() {
        return topic.within(LAG_MAX);
    }

    Versions known(UUID tenant) {
        Versions known = versions.getIfPresent(tenant);
        return known == null ? Versions.NONE : known;
    }

    Optional<Decision> find(CacheKey key) {
        @Nullable Kept kept = decisions.getIfPresent(key);
        return kept == null ? Optional.empty() : Optional.of(kept.decision());
    }

    /** What was answered at most {@code ageMax} ago and is not known to be out of date. */
    Optional<Decision> lastKnown(CacheKey key, Duration ageMax) {
        @Nullable Kept kept = decisions.getIfPresent(key);
        if (kept == null) {
            return Optional.empty();
        }
        Duration age = Duration.ofNanos(ticker.read() - kept.answeredNanos());
        return age.compareTo(ageMax) <= 0 ? Optional.of(kept.decision().lastKnown(age)) : Optional.empty();
    }

    /** Keeps an answer that was asked for while {@link #fresh()}. */
    void keep(UUID tenant, String caller, Evaluation evaluation, Decision decision) {
        if (decision.revision() < 0 || decision.policyVersion() < 0) {
            return;
        }
        Versions answered = new Versions(decision.policyVersion(), decision.revision());
        Versions newest = versions.asMap().merge(tenant, answered, Versions::newer);
        if (newest.equals(answered)) {
            decisions.put(
                    CacheKey.of(tenant, caller, evaluation, answered.policyVersion(), answered.revision()),
                    new Kept(decision, ticker.read()));
        }
    }

    @Override
    public void accept(ChangeMessage message) {
        switch (message) {
            case Change change -> {
                versions.asMap()
                        .merge(
                                change.tenant(),
                                new Versions(change.policyVersion(), change.revision()),
                                Versions::newer);
                topic.latency(change, LAG_MAX).ifPresent(latencies);
            }
            case Tick tick -> topic.heard(tick);
        }
    }

    /** Changes may have been missed: nothing that is known counts any more. */
    @Override
    public void lost() {
        topic.lost();
        versions.invalidateAll();
        decisions.invalidateAll();
    }

    /** How far behind the topic is; empty before the first tick, and while the topic is not read. */
    Optional<Duration> lag() {
        return topic.lag();
    }
}
