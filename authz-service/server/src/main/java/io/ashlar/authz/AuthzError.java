package io.ashlar.authz;

import io.ashlar.authz.problem.ErrorCode;
import java.util.Locale;

/** What authz answers besides the door's own vocabulary. */
public enum AuthzError implements ErrorCode {
    CURSOR_INVALID(400, "The cursor is not of this list"),
    TENANT_UNKNOWN(404, "The tenant does not exist"),
    FIRST_ADMIN_FIXED(409, "A tenant's first administrator cannot be changed"),
    POLICY_INVALID(422, "The policy is not one valid Cedar policy"),
    POLICY_NOT_TRANSLATABLE(422, "A policy that applies cannot be turned into a filter"),
    DECISION_NOT_REPLAYABLE(422, "The decision cannot be made again"),
    PRINCIPAL_INVALID(422, "The principal refers to what is not there"),
    QUOTA_EXCEEDED(429, "The tenant has as many as it may have"),
    AUDIT_UNAVAILABLE(503, "The decision cannot be recorded now");

    private final int status;
    private final String title;

    AuthzError(int status, String title) {
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
