package io.ashlar.authz.impact;

import io.ashlar.authz.AuthzError;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.filter.impact.ImpactResult;
import io.ashlar.filter.impact.ImpactVerifier;
import io.ashlar.filter.impact.ImpactVerifier.Verified;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Tells which results are to be believed, of which tenant, and for how long. Thread-safe. */
@ApplicationScoped
class ImpactTrust {

    private static final Logger LOG = Logger.getLogger(ImpactTrust.class);

    /** How far clocks of the installation may be apart. */
    private static final Duration LEEWAY = Duration.ofSeconds(30);

    private static final String READ = "read";

    /** How long a file is taken for what it was. */
    private static final Duration RECHECK = Duration.ofSeconds(1);

    /** Thousands of keys. */
    private static final int FILE_BYTES_MAX = 1 << 20;

    private static final long RETRY_AFTER_SECONDS = 5;

    private final ImpactConfig config;
    private final String jwks;
    private final LongSupplier nanoTime;
    private final Clock clock = Clock.systemUTC();
    private volatile @Nullable Keys keys;

    @Inject
    ImpactTrust(ImpactConfig config) {
        this(config, System::nanoTime);
    }

    /** @throws IllegalArgumentException if there is no key set where one should be: that stops the start */
    ImpactTrust(ImpactConfig config, LongSupplier nanoTime) {
        this.config = config;
        this.jwks = config.jwks().map(String::strip).orElse("");
        this.nanoTime = nanoTime;
        if (jwks.startsWith("{")) {
            keys = new Keys(new ImpactVerifier(jwks), null, 0);
        } else if (!jwks.isEmpty()) {
            try {
                keys = read(Path.of(jwks), null);
            } catch (IOException e) {
                throw new IllegalArgumentException("ashlar.authz.impact.jwks: " + jwks + " cannot be read", e);
            }
        }
    }

    /**
     * Keys as they were read.
     *
     * @param changed when the file was, if it is one
     * @param lookedNanos when that was looked for
     */
    private record Keys(ImpactVerifier verifier, @Nullable FileTime changed, long lookedNanos) {}

    /** A result with all that is wrong with it; none where it cannot even be read. */
    record Weighed(@Nullable ImpactResult result, List<Fault> faults) {

        Weighed {
            faults = List.copyOf(faults);
        }

        boolean isBelieved() {
            return result != null && faults.isEmpty();
        }
    }

    /** Whether any key is trusted. */
    boolean hasKeys() {
        return !jwks.isEmpty();
    }

    /** @throws ProblemException {@code impact_keys_missing} */
    void requireKeys() {
        if (!hasKeys()) {
            throw new ProblemException(
                    AuthzError.IMPACT_KEYS_MISSING, "ashlar.authz.impact.jwks is not set: no impact can be believed");
        }
    }

    /**
     * Weighs a text as of now.
     *
     * @throws ProblemException {@code impact_keys_unavailable} if the keys' file was there once and cannot be read now
     */
    Weighed weigh(UUID tenant, String jws) {
        ImpactVerifier verifier = verifier();
        if (verifier == null) {
            return new Weighed(null, List.of(fault("not_genuine", "", "no key is trusted here")));
        }
        return switch (verifier.verify(jws)) {
            case Verified.Refused(String reason) -> new Weighed(null, List.of(fault("not_genuine", "", reason)));
            case Verified.Genuine(ImpactResult result, String kid) -> new Weighed(result, faults(tenant, result));
        };
    }

    private List<Fault> faults(UUID tenant, ImpactResult result) {
        List<Fault> faults = new ArrayList<>();
        if (!result.tenant().equals(tenant)) {
            faults.add(fault("wrong_tenant", "/tenant", "the result is of another tenant"));
        }
        Instant now = clock.instant();
        if (result.askedAt().isBefore(now.minus(config.ageMax()))) {
            faults.add(fault("stale", "/asked_at", "is more than " + config.ageMax() + " ago"));
        } else if (result.askedAt().isAfter(now.plus(LEEWAY))) {
            faults.add(fault("not_yet", "/asked_at", "is still to come"));
        }
        ImpactResult.Question question = result.question();
        if (question == null) {
            faults.add(fault("missing_key", "/question", "does not say what plans were asked for"));
        } else if (!question.action().equals(READ)) {
            faults.add(fault("value_invalid", "/question/action", "expected " + READ));
        }
        for (int i = 0; i < result.subjects().size(); i++) {
            if (result.subjects().get(i).decides() == null) {
                faults.add(fault("missing_key", "/subjects/" + i + "/decides", "does not say what the plans decide"));
            }
        }
        return faults;
    }

    static Fault fault(String code, String pointer, String detail) {
        return new Fault(code, "/impact" + pointer, detail);
    }

    private @Nullable ImpactVerifier verifier() {
        Keys known = keys;
        if (known == null
                || known.changed() == null
                || nanoTime.getAsLong() - known.lookedNanos() < RECHECK.toNanos()) {
            return known == null ? null : known.verifier();
        }
        try {
            known = read(Path.of(jwks), known);
        } catch (IOException | IllegalArgumentException e) {
            // With keys that may have been withdrawn nothing is believed.
            LOG.errorf(e, "event=impact_keys_unreadable file=%s", jwks);
            throw new ProblemException(
                            AuthzError.IMPACT_KEYS_UNAVAILABLE, "the file of ashlar.authz.impact.jwks cannot be read")
                    .retryAfter(RETRY_AFTER_SECONDS);
        }
        keys = known;
        return known.verifier();
    }

    /** The time is read first: a file that changes meanwhile is read once more. */
    private Keys read(Path file, @Nullable Keys known) throws IOException {
        long lookedNanos = nanoTime.getAsLong();
        FileTime changed = Files.getLastModifiedTime(file);
        if (known != null && changed.equals(known.changed())) {
            return new Keys(known.verifier(), changed, lookedNanos);
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(FILE_BYTES_MAX + 1);
            if (bytes.length > FILE_BYTES_MAX) {
                throw new IOException("a key set has at most " + FILE_BYTES_MAX + " bytes");
            }
            return new Keys(new ImpactVerifier(new String(bytes, StandardCharsets.UTF_8)), changed, lookedNanos);
        }
    }
}
