package io.ashlar.authz.accessreview;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A grant under review.
 *
 * @param subject who has it: a user or a group
 * @param grant the role that it was given or the group that it is in
 * @param verdict the last word: {@code keep} or {@code revoke}
 * @param until how long it is kept
 * @param outcome what became of it: {@code revoked}, {@code lapsed}, {@code gone}, {@code spared} or {@code renewed};
 *     none: it stands
 * @param permissions actions that policies permit to who has it, without their conditions; {@code *} for all
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Grant(
        Name subject,
        Name grant,
        @Nullable String verdict,
        @Nullable String attestedBy,
        @Nullable Instant attestedAt,
        @Nullable Instant until,
        @Nullable String reason,
        @Nullable String outcome,
        @Nullable Instant outcomeAt,
        @Nullable List<String> permissions) {

    /** An entity's name. */
    record Name(String type, String id) {}

    /** In the database, and in the order of pages; none of the names has a space. */
    String id() {
        return id(subject, grant);
    }

    static String id(Name subject, Name grant) {
        return subject.type() + ' ' + subject.id() + ' ' + grant.type() + ' ' + grant.id();
    }

    Grant with(List<String> actions) {
        return new Grant(subject, grant, verdict, attestedBy, attestedAt, until, reason, outcome, outcomeAt, actions);
    }

    /**
     * A word on a grant.
     *
     * @param keep or revoke
     * @param until how long it is kept; null: as long as the next review lets it
     */
    record Attestation(
            Name subject,
            Name grant,
            boolean keep,
            @Nullable Instant until,
            @Nullable String reason) {

        String id() {
            return Grant.id(subject, grant);
        }

        String verdict() {
            return keep ? "keep" : "revoke";
        }
    }

    /**
     * A word as it was said.
     *
     * @param verdict {@code keep} or {@code revoke} of a reviewer, {@code lapse} or {@code spare} of a date
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Said(
            long number,
            Name subject,
            Name grant,
            String verdict,
            String attestedBy,
            Instant attestedAt,
            @Nullable Instant until,
            @Nullable String reason) {}
}
