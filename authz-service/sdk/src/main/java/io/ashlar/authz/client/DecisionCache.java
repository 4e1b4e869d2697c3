package io.ashlar.authz.client;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.ashlar.authz.change.ChangeMessage;
import io.ashlar.authz.change.ChangeMessage.Change;
import io.ashlar.authz.change.ChangeMessage.Tick;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Decisions of the last minute, found only under the newest versions of the tenant that are known, and only while the change
 * topic is at most a second behind. An answer is kept only if it was asked for while fresh and is not older than what the
 * topic told meanwhile. Thread-safe.
 */
final class DecisionCache {

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

    private record Heard(long epoch, Instant databaseTime, long arrivedNanos) {}

    private final Cache<CacheKey, Decision> decisions;
    private final Cache<UUID, Versions> versions;
    private final Clock clock;
    private final Ticker ticker;
    private final AtomicReference<@Nullable Heard> heard = new AtomicReference<>();

    DecisionCache(Duration life, long entriesMax, Clock clock, Ticker ticker) {
        this.decisions = Caffeine.newBuilder()
                .maximumSize(entriesMax)
                .expireAfterWrite(life)
                .ticker(ticker)
                .build();
        this.versions = Caffeine.newBuilder().maximumSize(TENANTS_MAX).build();
        this.clock = clock;
        this.ticker = ticker;
    }

    /**
     * By the database's time, as the tick says; and by arrival, so that a local clock that runs behind cannot make a dead topic
     * look alive.
     */
    boolean fresh() {
        Heard last = heard.get();
        return last != null
                && Duration.between(last.databaseTime(), clock.instant()).compareTo(LAG_MAX) <= 0
                && ticker.read() - last.arrivedNanos() <= LAG_MAX.toNanos();
    }

    Versions known(UUID tenant) {
        Versions known = versions.getIfPresent(tenant);
        return known == null ? Versions.NONE : known;
    }

    Optional<Decision> find(CacheKey key) {
        return Optional.ofNullable(decisions.getIfPresent(key));
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
                    CacheKey.of(tenant, caller, evaluation, answered.policyVersion(), answered.revision()), decision);
        }
    }

    void accept(ChangeMessage message) {
        switch (message) {
            case Change change ->
                versions.asMap()
                        .merge(
                                change.tenant(),
                                new Versions(change.policyVersion(), change.revision()),
                                Versions::newer);
            case Tick tick -> {
                Heard now = new Heard(tick.epoch(), tick.databaseTime(), ticker.read());
                // A relay that lost its term may still write: its time proves nothing about changes that others tell.
                heard.updateAndGet(last -> last != null && last.epoch() > now.epoch() ? last : now);
            }
        }
    }

    /** Changes may have been missed: nothing that is known counts any more. */
    void lost() {
        heard.set(null);
        versions.invalidateAll();
        decisions.invalidateAll();
    }

    /** How far behind the topic is by the database's time; empty before the first tick. */
    Optional<Duration> lag() {
        Heard last = heard.get();
        return last == null ? Optional.empty() : Optional.of(Duration.between(last.databaseTime(), clock.instant()));
    }
}
