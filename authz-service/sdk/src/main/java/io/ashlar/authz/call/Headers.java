package io.ashlar.authz.call;

import io.ashlar.filter.dsl.Fault;
import io.ashlar.filter.dsl.Parsed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The house's headers and their grammar. A fault's pointer is {@code header:<name>}. */
public final class Headers {

    public static final String REQUEST_ID = "X-Request-ID";
    public static final String CONSISTENCY = "Ashlar-Consistency";
    public static final String MAX_STALENESS_MS = "Ashlar-Max-Staleness-Ms";
    public static final String CONSISTENCY_TOKEN = "Ashlar-Consistency-Token";
    public static final String ON_BEHALF_OF = "Ashlar-On-Behalf-Of";
    public static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    /** A consistency token is never longer. */
    public static final int TOKEN_MAX_CHARS = 4096 * 4 / 3 + 8;

    private static final long STALENESS_MAX_MS = Duration.ofHours(24).toMillis();
    private static final Pattern REQUEST_ID_FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,127}");
    private static final Pattern TOKEN_FORM = Pattern.compile("v[0-9]{1,3}\\.[A-Za-z0-9_-]+={0,2}");
    private static final Pattern UUID_FORM =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private Headers() {}

    /**
     * The three consistency headers together; absent ones are null. A token without a level asks for {@code session}: whoever
     * sends one wants to read it.
     */
    public static Parsed<Consistency> consistency(
            @Nullable String level, @Nullable String maxStalenessMs, @Nullable String token) {
        List<Fault> faults = new ArrayList<>();
        Consistency.Level parsedLevel = token == null ? Consistency.Level.EVENTUAL : Consistency.Level.SESSION;
        if (level != null) {
            Optional<Consistency.Level> found = level(level);
            if (found.isEmpty()) {
                faults.add(new Fault(
                        "unknown_consistency",
                        pointer(CONSISTENCY),
                        "no such consistency",
                        Arrays.stream(Consistency.Level.values())
                                .map(Consistency.Level::wire)
                                .toList(),
                        null));
            }
            parsedLevel = found.orElse(parsedLevel);
        }
        Duration staleness = null;
        if (maxStalenessMs != null) {
            staleness = staleness(maxStalenessMs, faults);
        }
        if (token != null
                && (token.length() > TOKEN_MAX_CHARS
                        || !TOKEN_FORM.matcher(token).matches())) {
            faults.add(fault("invalid_token", CONSISTENCY_TOKEN, "not a consistency token"));
        }
        return faults.isEmpty()
                ? new Parsed.Ok<>(new Consistency(parsedLevel, staleness, token))
                : new Parsed.Faulty<>(faults);
    }

    /** {@code <tenant uuid>/<sub>}. */
    public static Parsed<OnBehalfOf> onBehalfOf(String value) {
        int slash = value.indexOf('/');
        if (slash < 0
                || !UUID_FORM.matcher(value.substring(0, slash)).matches()
                || !OnBehalfOf.isSubject(value.substring(slash + 1))) {
            return new Parsed.Faulty<>(List.of(fault(
                    "invalid_on_behalf_of", ON_BEHALF_OF, "expected <tenant uuid>/<sub>, sub of 1 to 255 characters")));
        }
        return new Parsed.Ok<>(new OnBehalfOf(UUID.fromString(value.substring(0, slash)), value.substring(slash + 1)));
    }

    /** 1 to 255 visible ASCII characters; anything else cannot be kept apart safely. */
    public static Parsed<String> idempotencyKey(String value) {
        return OnBehalfOf.isSubject(value)
                ? new Parsed.Ok<>(value)
                : new Parsed.Faulty<>(List.of(fault(
                        "invalid_idempotency_key", IDEMPOTENCY_KEY, "expected 1 to 255 visible ASCII characters")));
    }

    /** The caller's request id if it is well formed, else a new one: a bad id is never a reason to refuse. */
    public static String requestId(@Nullable String value) {
        return value != null && REQUEST_ID_FORM.matcher(value).matches() ? value : made().toString();
    }

    /** No secret, so it need not wait for one: a version 4 UUID out of the thread's own generator. */
    private static UUID made() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID((random.nextLong() & ~0xF000L) | 0x4000L, (random.nextLong() >>> 2) | Long.MIN_VALUE);
    }

    /** A UUID in its canonical form only; {@link UUID#fromString} takes shorter ones. */
    public static Optional<UUID> uuid(@Nullable String value) {
        return value != null && UUID_FORM.matcher(value).matches()
                ? Optional.of(UUID.fromString(value))
                : Optional.empty();
    }

    private static Optional<Consistency.Level> level(String text) {
        return Arrays.stream(Consistency.Level.values())
                .filter(candidate -> candidate.wire().equals(text.strip().toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    private static @Nullable Duration staleness(String text, List<Fault> faults) {
        String digits = text.strip();
        if (digits.isEmpty() || digits.length() > 9 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            faults.add(fault("invalid_staleness", MAX_STALENESS_MS, "expected milliseconds, 0 to " + STALENESS_MAX_MS));
            return null;
        }
        long millis = Long.parseLong(digits);
        if (millis > STALENESS_MAX_MS) {
            faults.add(fault("invalid_staleness", MAX_STALENESS_MS, "expected milliseconds, 0 to " + STALENESS_MAX_MS));
            return null;
        }
        return Duration.ofMillis(millis);
    }

    private static Fault fault(String code, String header, String detail) {
        return new Fault(code, pointer(header), detail, null, null);
    }

    private static String pointer(String header) {
        return "header:" + header;
    }
}
