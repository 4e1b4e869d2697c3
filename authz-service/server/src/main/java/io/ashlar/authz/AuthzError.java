package io.ashlar.authz;

import io.ashlar.authz.problem.ErrorCode;
import java.util.Locale;

/** What authz answers besides the door's own vocabulary. */
public enum AuthzError implements ErrorCode {
    CURSOR_INVALID(400, "The cursor is not of this list"),
    TENANT_UNKNOWN(404, "The tenant does not exist"),
    FIRST_ADMIN_FIXED(409, "A tenant's first administrator cannot be changed"),
    ACCESS_REVIEW_CLOSED(409, "The date of the review has passed"),
    DRAFT_OUTDATED(409, "The policies have changed since the draft was written"),
    GAINS_NOT_APPROVED(409, "Somebody would gain what nobody has approved"),
    IMPACT_KEYS_MISSING(409, "No impact can be believed here"),
    IMPACT_REQUIRED(409, "The impact of the draft has not been shown"),
    REVIEW_REQUIRED(409, "Policies of this tenant are changed by drafts"),
    ENTITY_IN_USE(409, "Something still depends on it"),
    ROLE_BUILT_IN(409, "A built-in role stays as it is"),
    ROLE_IN_USE(409, "Somebody still has the role"),
    SECOND_PERSON_REQUIRED(409, "Another person must do this"),
    SHARED_SET_MANDATORY(409, "A mandatory shared set cannot be left"),
    ATTESTATION_INVALID(422, "An attestation cannot be as it is written"),
    IMPACT_INVALID(422, "The impact is not to be believed"),
    POLICY_INVALID(422, "The policies are not valid"),
    POLICY_TESTS_FAILED(422, "Test cases of the policies failed"),
    POLICY_NOT_TRANSLATABLE(422, "A policy that applies cannot be turned into a filter"),
    DECISION_NOT_REPLAYABLE(422, "The decision cannot be made again"),
    ENTITY_INVALID(422, "The entity cannot be as it is written"),
    PRINCIPAL_INVALID(422, "The principal refers to what is not there"),
    QUOTA_EXCEEDED(429, "The tenant has as many as it may have"),
    IMPACT_KEYS_UNAVAILABLE(503, "No impact can be believed now"),
    REVIEW_BUSY(503, "Policies cannot be reviewed now"),
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
