package io.ashlar.authz.problem;

import java.util.Locale;

/** What every service may answer at its door, whatever its own vocabulary. */
public enum DoorError implements ErrorCode {
    MALFORMED_JSON(400, "The body is not JSON"),
    INVALID_REQUEST(400, "The request is not valid"),
    UNAUTHENTICATED(401, "A valid bearer token is required"),
    FORBIDDEN(403, "The caller may not do this"),
    MFA_REQUIRED(403, "A stronger way of signing in is required"),
    TENANT_REQUIRED(403, "The token names no tenant"),
    NOT_FOUND(404, "There is nothing here"),
    METHOD_NOT_ALLOWED(405, "The method is not allowed here"),
    NOT_ACCEPTABLE(406, "None of the accepted media types is offered"),
    CONFLICT(409, "The request conflicts with the present state"),
    IDEMPOTENCY_IN_PROGRESS(409, "A request with this idempotency key is still running"),
    PRECONDITION_FAILED(412, "The resource has changed since it was read"),
    BODY_TOO_LARGE(413, "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "The media type of the body is not accepted"),
    IDEMPOTENCY_KEY_REUSED(422, "The idempotency key was used with another body"),
    RATE_LIMITED(429, "Too many requests"),
    INTERNAL_ERROR(500, "The service failed"),
    DEPENDENCY_UNAVAILABLE(503, "A service that is needed does not answer"),
    UNAVAILABLE(503, "The service is not ready"),
    DEADLINE_EXCEEDED(504, "The answer did not come in time");

    private final int status;
    private final String title;

    DoorError(int status, String title) {
        this.status = status;
        this.title = title;
    }

    @Override
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public String title() {
        return title;
    }
}
