package io.ashlar.authz.embedded;

import java.time.Duration;
import java.util.Set;

/**
 * How an embedded decision point holds what it holds.
 *
 * @param lagMax how far the change topic may be behind the database's time before nothing that is held counts
 * @param whenBehind what happens then, and while a newer snapshot cannot be had
 * @param tenantsMax tenants held at once; the least used is forgotten
 * @param loadWaitMax how long a question waits for a snapshot that another one loads or that is not new enough yet
 * @param snapshotBytesMax the largest snapshot that is read
 * @param stepUpMethods ways of signing in (RFC 8176) that are offered to whom one of them would have let in; authz has its own
 *     list, {@code ashlar.authz.decision.step-up-methods}
 */
public record EmbeddedOptions(
        Duration lagMax,
        WhenBehind whenBehind,
        int tenantsMax,
        Duration loadWaitMax,
        long snapshotBytesMax,
        Set<String> stepUpMethods) {

    /** 1 s, ask authz, 100 tenants, 2 s, 256 MiB, {@code mfa} and {@code hwk}. */
    public static final EmbeddedOptions DEFAULT = new EmbeddedOptions(
            Duration.ofSeconds(1), WhenBehind.ASK_AUTHZ, 100, Duration.ofSeconds(2), 256L << 20, Set.of("mfa", "hwk"));

    /** What a question is worth that this process cannot decide by itself now. */
    public enum WhenBehind {
        /** One call to authz, which decides and records; denied if there is no answer. */
        ASK_AUTHZ,
        /** Denied at once. */
        DENY
    }

    public EmbeddedOptions {
        if (!lagMax.isPositive() || loadWaitMax.isNegative() || tenantsMax < 1 || snapshotBytesMax < 1) {
            throw new IllegalArgumentException("a bound is out of range");
        }
        stepUpMethods = Set.copyOf(stepUpMethods);
    }

    public EmbeddedOptions whenBehind(WhenBehind value) {
        return new EmbeddedOptions(lagMax, value, tenantsMax, loadWaitMax, snapshotBytesMax, stepUpMethods);
    }

    public EmbeddedOptions tenantsMax(int value) {
        return new EmbeddedOptions(lagMax, whenBehind, value, loadWaitMax, snapshotBytesMax, stepUpMethods);
    }

    public EmbeddedOptions loadWaitMax(Duration value) {
        return new EmbeddedOptions(lagMax, whenBehind, tenantsMax, value, snapshotBytesMax, stepUpMethods);
    }

    public EmbeddedOptions lagMax(Duration value) {
        return new EmbeddedOptions(value, whenBehind, tenantsMax, loadWaitMax, snapshotBytesMax, stepUpMethods);
    }

    public EmbeddedOptions snapshotBytesMax(long value) {
        return new EmbeddedOptions(lagMax, whenBehind, tenantsMax, loadWaitMax, value, stepUpMethods);
    }

    public EmbeddedOptions stepUpMethods(Set<String> value) {
        return new EmbeddedOptions(lagMax, whenBehind, tenantsMax, loadWaitMax, snapshotBytesMax, value);
    }
}
