package io.ashlar.authz.impact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ashlar.authz.problem.ProblemException;
import io.ashlar.filter.impact.ImpactKeys;
import io.ashlar.filter.impact.ImpactResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImpactTrustTest {

    private static final UUID TENANT = UUID.randomUUID();
    private static final ImpactKeys FIRST = ImpactKeys.parse("k1:nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A");
    private static final ImpactKeys SECOND = ImpactKeys.parse("k2:TM0Imyj_ltqdtsNG7BFODKEeB_aZhJcoV6RlUoWy4Qk");

    private static ImpactTrust trusting(String jwks) {
        return new ImpactTrust(new TrustConfig(Optional.of(jwks)));
    }

    private static String signed(ImpactKeys keys) {
        return keys.sign(new ImpactResult(
                        TENANT,
                        "flights",
                        1,
                        "ada",
                        Instant.now(),
                        null,
                        new ImpactResult.Question("read", "Flight", List.of()),
                        List.of()))
                .jws();
    }

    @Test
    void withoutKeysNothingIsBelieved() {
        for (ImpactTrust trust : List.of(new ImpactTrust(new TrustConfig(Optional.empty())), trusting(" "))) {
            assertThat(trust.hasKeys()).isFalse();
            assertThat(trust.weigh(TENANT, signed(FIRST)).isBelieved()).isFalse();
            assertThatThrownBy(trust::requireKeys).isInstanceOf(ProblemException.class);
        }
    }

    @Test
    void keysOfTheDocumentAreBelievedAndNoOthers() {
        ImpactTrust trust = trusting(FIRST.jwks());
        assertThat(trust.weigh(TENANT, signed(FIRST)).isBelieved()).isTrue();
        assertThat(trust.weigh(TENANT, signed(SECOND)).isBelieved()).isFalse();
        assertThat(trust.weigh(UUID.randomUUID(), signed(FIRST)).isBelieved()).isFalse();
    }

    @Test
    void aFileIsReadAgainASecondAfterItChanged(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("impact.jwks");
        Files.writeString(file, FIRST.jwks());
        AtomicLong nanos = new AtomicLong();
        ImpactTrust trust = new ImpactTrust(new TrustConfig(Optional.of(file.toString())), nanos::get);
        assertThat(trust.weigh(TENANT, signed(SECOND)).isBelieved()).isFalse();
        Files.writeString(file, SECOND.jwks());
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(60)));
        assertThat(trust.weigh(TENANT, signed(FIRST)).isBelieved())
                .as("within the second")
                .isTrue();
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(trust.weigh(TENANT, signed(SECOND)).isBelieved()).isTrue();
        assertThat(trust.weigh(TENANT, signed(FIRST)).isBelieved()).isFalse();
    }

    @Test
    void aFileThatIsGoneOrSpoiltIsAProblemUntilItIsBack(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("impact.jwks");
        Files.writeString(file, FIRST.jwks());
        AtomicLong nanos = new AtomicLong();
        ImpactTrust trust = new ImpactTrust(new TrustConfig(Optional.of(file.toString())), nanos::get);
        Path away = Files.move(file, directory.resolve("away"));
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        for (String spoilt : new String[] {null, "{}", "x".repeat((1 << 20) + 1)}) {
            if (spoilt != null) {
                Files.writeString(file, spoilt);
            }
            assertThatThrownBy(() -> trust.weigh(TENANT, signed(FIRST)))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            problem -> assertThat(problem.problem().code()).isEqualTo("impact_keys_unavailable"));
            assertThat(trust.hasKeys()).isTrue();
        }
        Files.move(away, file, StandardCopyOption.REPLACE_EXISTING);
        assertThat(trust.weigh(TENANT, signed(FIRST)).isBelieved()).isTrue();
    }

    @Test
    void whatIsNoKeySetStopsTheStart(@TempDir Path directory) {
        assertThatThrownBy(() -> trusting("{}")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> trusting(directory.resolve("none").toString()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ashlar.authz.impact.jwks");
    }

    @Test
    void theQuestionMustBeAboutReading() {
        String other = FIRST.sign(new ImpactResult(
                        TENANT,
                        "flights",
                        1,
                        "ada",
                        Instant.now(),
                        null,
                        new ImpactResult.Question("write", "Flight", List.of()),
                        List.of(new ImpactResult.Subject(
                                "ana",
                                "sha256:0",
                                "sha256:1",
                                new ImpactResult.Difference(0, List.of(), List.of()),
                                new ImpactResult.Difference(0, List.of(), List.of())))))
                .jws();
        assertThat(trusting(FIRST.jwks()).weigh(TENANT, other).faults())
                .extracting(fault -> fault.pointer())
                .containsExactly("/impact/question/action", "/impact/subjects/0/decides");
    }
}
