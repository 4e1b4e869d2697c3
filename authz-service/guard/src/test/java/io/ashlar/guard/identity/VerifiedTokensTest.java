package io.ashlar.guard.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ashlar.guard.identity.VerifiedTokens.Digest;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class VerifiedTokensTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant LATER = START.plusSeconds(3_600);
    private static final Duration LIFE = Duration.ofSeconds(10);
    private static final String TOKEN = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhbmEifQ.c2lnbmF0dXJl";

    private Duration passed = Duration.ZERO;
    private final VerifiedTokens tokens = tokens(LIFE, 1_000);

    private VerifiedTokens tokens(Duration life, long entries) {
        return new VerifiedTokens(life, entries, () -> START.plus(passed), () -> passed.toNanos());
    }

    private static SecurityIdentity identity(String name) {
        return QuarkusSecurityIdentity.builder().setPrincipal(() -> name).build();
    }

    private boolean holds(String token) {
        return tokens.find(Digest.of(token)).isPresent();
    }

    @Test
    void whatWasProvenIsGoodForItsLifeAndNoLonger() {
        SecurityIdentity ana = identity("ana");
        tokens.put(Digest.of(TOKEN), ana, LATER);
        assertThat(tokens.find(Digest.of(TOKEN))).containsSame(ana);
        passed = LIFE.minusNanos(1);
        assertThat(holds(TOKEN)).isTrue();
        passed = LIFE;
        assertThat(holds(TOKEN)).as("using it does not lengthen its life").isFalse();
    }

    @Test
    void noTokenOutlivesItsOwnExpiry() {
        tokens.put(Digest.of(TOKEN), identity("ana"), START.plusSeconds(3));
        passed = Duration.ofSeconds(3).minusNanos(1);
        assertThat(holds(TOKEN)).isTrue();
        passed = Duration.ofSeconds(3);
        assertThat(holds(TOKEN)).isFalse();
    }

    @Test
    void fetchedKeysEndAllTrustAndWhatIsProvenInTheSameBreathIsNotHeld() {
        tokens.put(Digest.of(TOKEN), identity("ana"), LATER);
        tokens.forget();
        assertThat(holds(TOKEN)).isFalse();
        tokens.put(Digest.of(TOKEN), identity("ana"), LATER);
        assertThat(holds(TOKEN)).as("may be proven by the old keys").isFalse();
        passed = Duration.ofSeconds(1);
        tokens.put(Digest.of(TOKEN), identity("ana"), LATER);
        assertThat(holds(TOKEN)).isTrue();
    }

    /** Another character anywhere, one more, one less, another case: each is another token. */
    @Test
    void nothingButTheWholeTextFindsAToken() {
        tokens.put(Digest.of(TOKEN), identity("ana"), LATER);
        Set<String> others = new HashSet<>(
                Set.of("", TOKEN + " ", " " + TOKEN, TOKEN + "=", TOKEN + TOKEN, TOKEN.toLowerCase(Locale.ROOT)));
        for (int i = 0; i < TOKEN.length(); i++) {
            others.add(TOKEN.substring(0, i) + TOKEN.substring(i + 1));
            for (char other : new char[] {'A', 'z', '.', '_', '\u0141'}) {
                if (TOKEN.charAt(i) != other) {
                    others.add(TOKEN.substring(0, i) + other + TOKEN.substring(i + 1));
                }
            }
        }
        assertThat(others).noneMatch(this::holds);
        assertThat(others.stream().map(Digest::of)).doesNotContain(Digest.of(TOKEN));
    }

    @Test
    void noLifeHoldsNothingAndALongOneIsRefused() {
        VerifiedTokens off = tokens(Duration.ZERO, 1);
        off.put(Digest.of(TOKEN), identity("ana"), LATER);
        assertThat(off.find(Digest.of(TOKEN))).isEmpty();
        assertThat(off.enabled()).isFalse();
        off.forget();
        assertThatIllegalArgumentException().isThrownBy(() -> tokens(Duration.ofSeconds(61), 1));
        assertThatIllegalArgumentException().isThrownBy(() -> tokens(Duration.ofSeconds(-1), 1));
        assertThatIllegalArgumentException().isThrownBy(() -> tokens(LIFE, 0));
    }
}
