package io.ashlar.authz.call;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How fresh an answer must be.
 *
 * @param level which promise
 * @param maxStaleness the greatest lag the caller accepts, 0 to 24 h, or null for the server's default
 * @param token the consistency token, opaque here, or null
 */
public record Consistency(
        Level level,
        @Nullable Duration maxStaleness,
        @Nullable String token) {

    /** What is asked for when no header is sent. */
    public static final Consistency EVENTUAL = new Consistency(Level.EVENTUAL, null, null);

    /** Wire: the name in lower case. */
    public enum Level {
        STRONG,
        EVENTUAL,
        SESSION,
        ANALYTICS;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
