package io.ashlar.authz.impact;

import io.ashlar.authz.AuthzError;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.filter.impact.ImpactResult;
import io.ashlar.filter.impact.ImpactVerifier;
import io.ashlar.filter.impact.ImpactVerifier.Verified;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tells which results are to be believed, of which tenant, and for how long. Thread-safe. */
@ApplicationScoped
class ImpactTrust {

    /** How far clocks of the installation may be apart. */
    private static final Duration LEEWAY = Duration.ofSeconds(30);

    private static final String READ = "read";

    private final ImpactConfig config;
    private final Clock clock = Clock.systemUTC();
    private volatile @Nullable Keys keys;

    ImpactTrust(ImpactConfig config) {
        this.config = config;
        // A key set that is none stops the start.
        verifier();
    }

    /** Keys as they were read; the time is that of the file, if it is one. */
    private record Keys(ImpactVerifier verifier, @Nullable FileTime changed) {}

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
        return verifier().isPresent();
    }

    /** @throws ProblemException {@code impact_keys_missing} */
    void requireKeys() {
        if (!hasKeys()) {
            throw new ProblemException(
                    AuthzError.IMPACT_KEYS_MISSING, "ashlar.authz.impact.jwks is not set: no impact can be believed");
        }
    }

    /** Weighs a text as of now. */
    Weighed weigh(UUID tenant, String jws) {
        Optional<ImpactVerifier> verifier = verifier();
        if (verifier.isEmpty()) {
            return new Weighed(null, List.of(fault("not_genuine", "", "no key is trusted here")));
        }
        return switch (verifier.get().verify(jws)) {
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

    private Optional<ImpactVerifier> verifier() {
        Optional<String> jwks = config.jwks().map(String::strip).filter(text -> !text.isEmpty());
        if (jwks.isEmpty()) {
            return Optional.empty();
        }
        Keys known = keys;
        boolean document = jwks.get().startsWith("{");
        FileTime changed = document ? null : changed(Path.of(jwks.get()));
        if (known == null || (changed != null && !changed.equals(known.changed()))) {
            known = new Keys(new ImpactVerifier(document ? jwks.get() : text(Path.of(jwks.get()))), changed);
            keys = known;
        }
        return Optional.of(known.verifier());
    }

    private static FileTime changed(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new UncheckedIOException("ashlar.authz.impact.jwks: " + file + " cannot be read", e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("ashlar.authz.impact.jwks: " + file + " cannot be read", e);
        }
    }
}
