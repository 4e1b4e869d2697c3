package io.ashlar.authz.call;

import io.ashlar.authz.problem.Problem;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A call to another service gave no usable answer; {@link #reason()} says why, {@link #problem()} what the peer said. */
public final class CallFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why there is no answer. */
    public enum Reason {
        /** No connection, or it broke. */
        UNREACHABLE,
        /** The deadline passed. */
        DEADLINE,
        /** Too many recent calls failed; not tried. */
        BREAKER_OPEN,
        /** Too many calls to this service are running; not tried. */
        BUSY,
        /** The peer answered with an error status. */
        REFUSED,
        /** The peer answered with something that cannot be read, or is larger than allowed. */
        UNREADABLE
    }

    private final String service;
    private final Reason reason;
    private final int status;
    private final transient @Nullable Problem problem;
    private final long retryAfterSeconds;

    private CallFailedException(
            String service,
            Reason reason,
            int status,
            @Nullable Problem problem,
            long retryAfterSeconds,
            String message,
            @Nullable Throwable cause) {
        super(message, cause);
        this.service = service;
        this.reason = reason;
        this.status = status;
        this.problem = problem;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    public static CallFailedException without(String service, Reason reason, String what, @Nullable Throwable cause) {
        return new CallFailedException(service, reason, -1, null, -1, service + ": " + reason + ", " + what, cause);
    }

    /** The peer's error answer; {@code retryAfterSeconds} is negative if it named none. */
    public static CallFailedException refused(
            String service, int status, @Nullable Problem problem, long retryAfterSeconds) {
        String said = problem == null ? "without a problem" : problem.code() + ": " + problem.detail();
        return new CallFailedException(
                service,
                Reason.REFUSED,
                status,
                problem,
                retryAfterSeconds,
                service + " answered " + status + ", " + said,
                null);
    }

    /** The name the call was built with: {@code authz}, {@code router}, … */
    public String service() {
        return service;
    }

    public Reason reason() {
        return reason;
    }

    /** The HTTP status of the answer, or −1 if there was none. */
    public int status() {
        return status;
    }

    /** What the peer said, or null if it said nothing in our form. */
    public @Nullable Problem problem() {
        return problem;
    }

    public OptionalLong retryAfterSeconds() {
        return retryAfterSeconds < 0 ? OptionalLong.empty() : OptionalLong.of(retryAfterSeconds);
    }

    /** Whether the peer, not the request, is at fault: this is what a breaker counts. */
    boolean infrastructure() {
        return switch (reason) {
            case UNREACHABLE, DEADLINE, UNREADABLE -> true;
            case BREAKER_OPEN, BUSY -> false;
            case REFUSED -> status >= 500 && retryAfterSeconds < 0;
        };
    }

    /** Whether the same call may succeed at once. A peer that says when to come back is not asked sooner. */
    boolean repeatable() {
        return switch (reason) {
            case UNREACHABLE -> true;
            case DEADLINE, BREAKER_OPEN, BUSY, UNREADABLE -> false;
            case REFUSED -> (status == 502 || status == 503) && retryAfterSeconds < 0;
        };
    }
}
