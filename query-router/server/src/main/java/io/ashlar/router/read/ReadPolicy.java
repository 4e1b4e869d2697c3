package io.ashlar.router.read;

import io.ashlar.authz.problem.ProblemException;
import io.ashlar.router.RouterError;
import io.ashlar.router.choice.ChoiceConfig;
import io.ashlar.router.choice.FallbackShare;
import io.ashlar.router.choice.TokenConfig;
import io.ashlar.router.flight.FlightConfig;
import io.ashlar.router.token.ConsistencyToken;
import io.ashlar.router.token.LogPosition;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The settings a read is steered by, and how its token is minted. Thread-safe. */
@Singleton
final class ReadPolicy {

    private final ChoiceConfig choice;
    private final TokenConfig tokens;
    private final FlightConfig flight;
    private final FallbackShare share;

    ReadPolicy(ChoiceConfig choice, TokenConfig tokens, FlightConfig flight, MeterRegistry registry) {
        this.choice = choice;
        this.tokens = tokens;
        this.flight = flight;
        this.share = new FallbackShare(choice.fallbackShare(), flight.apiPoolSize(), registry);
    }

    ChoiceConfig choice() {
        return choice;
    }

    FallbackShare share() {
        return share;
    }

    int incarnation() {
        return tokens.incarnation();
    }

    Duration deadline() {
        return flight.deadline();
    }

    /**
     * Offsets by the numbers that the loader's table knows topics by.
     *
     * @throws ProblemException for a topic that is never loaded here
     */
    Map<Short, Map<Integer, Long>> byNumber(Map<String, Map<Integer, Long>> offsets) {
        Map<Short, Map<Integer, Long>> numbered = new HashMap<>();
        offsets.forEach((topic, partitions) -> {
            Short number = tokens.topics().get(topic);
            if (number == null) {
                throw new ProblemException(
                        RouterError.TOKEN_INVALID, "The consistency token names a topic that is not loaded here.");
            }
            numbered.put(number, partitions);
        });
        return numbered;
    }

    /** What the read has seen: its own position, and the offsets it was asked to see, which stand for other stores too. */
    String mint(UUID tenant, int timeline, long lsn, @Nullable ConsistencyToken asked) {
        return new ConsistencyToken(
                        tokens.incarnation(),
                        tenant,
                        List.of(new LogPosition(timeline, lsn)),
                        asked == null ? Map.of() : asked.offsets(),
                        Instant.now())
                .text();
    }
}
