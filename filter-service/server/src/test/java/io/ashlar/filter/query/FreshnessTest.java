package io.ashlar.filter.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ashlar.authz.call.Consistency;
import io.ashlar.authz.call.Consistency.Level;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.router.token.ConsistencyToken;
import io.ashlar.router.token.LogPosition;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class FreshnessTest {

    private static final UUID TENANT = UUID.fromString("11111111-1111-4111-8111-111111111111");
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void theFirstPageIsAskedForAsTheClientSaid() {
        Consistency asked = new Consistency(Level.EVENTUAL, Duration.ofMillis(200), null);
        assertThat(Freshness.following(asked, null, TENANT)).isEqualTo(asked);
    }

    @Test
    void theNextPageIsNeverOlder() {
        String held = at(100);
        assertThat(Freshness.following(Consistency.EVENTUAL, held, TENANT))
                .isEqualTo(new Consistency(Level.SESSION, null, held));
        assertThat(Freshness.following(new Consistency(Level.STRONG, null, null), held, TENANT))
                .isEqualTo(new Consistency(Level.STRONG, null, held));
    }

    @Test
    void whatTheClientSendsIsMergedWithWhatTheCursorHolds() {
        String loaded = ConsistencyToken.loaded(1, TENANT, Map.of("ashlar.telemetry.v1", Map.of(0, 12L)), NOW)
                .text();
        Consistency next = Freshness.following(new Consistency(Level.SESSION, null, loaded), at(100), TENANT);
        assertThat(next.token()).isEqualTo(Freshness.merged(at(100), loaded));
        assertThat(Freshness.merged(at(50), at(100))).isEqualTo(at(100));
        assertThat(Freshness.merged(null, at(100))).isEqualTo(at(100));
        assertThat(Freshness.merged(null, null)).isNull();
    }

    @Test
    void anotherTenantsTokenAndNonsenseAreRefused() {
        String foreign = ConsistencyToken.at(1, UUID.randomUUID(), new LogPosition(1, 5), NOW)
                .text();
        assertThatThrownBy(() -> Freshness.following(new Consistency(Level.SESSION, null, foreign), null, TENANT))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("tenant_mismatch");
        assertThatThrownBy(() -> Freshness.following(new Consistency(Level.SESSION, null, "v1.x"), null, TENANT))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("invalid_request");
    }

    private static String at(long lsn) {
        return ConsistencyToken.at(1, TENANT, new LogPosition(1, lsn), NOW).text();
    }
}
