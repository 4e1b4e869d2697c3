package io.ashlar.authz.shadow;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.ashlar.authz.client.EntityRef;
import java.time.Instant;
import java.util.List;

/**
 * One question that the two sides answered differently. Holds no properties and no context: they may be personal.
 *
 * @param kind how they differ
 * @param subjectType who asked
 * @param subjectId who asked
 * @param action what for
 * @param resourceType on what
 * @param resourceId on what
 * @param policies that decided on the new side; empty where none applied
 * @param policyVersion of the new side's decision; −1 where it made none
 * @param revision of the new side's decision; −1 where it made none
 * @param detail what failed; empty where nothing did
 * @param at when, by this machine's clock
 */
public record Difference(
        Kind kind,
        String subjectType,
        String subjectId,
        String action,
        String resourceType,
        String resourceId,
        List<String> policies,
        long policyVersion,
        long revision,
        String detail,
        Instant at) {

    /** How two answers differ. */
    public enum Kind {
        /** Legacy denies, policies allow: somebody gains. */
        @JsonProperty("gains")
        GAINS,
        /** Legacy allows, policies deny: somebody loses. */
        @JsonProperty("loses")
        LOSES,
        /** The legacy check threw. */
        @JsonProperty("legacy_failed")
        LEGACY_FAILED,
        /** Policies could not be asked. */
        @JsonProperty("new_unavailable")
        NEW_UNAVAILABLE
    }

    public Difference {
        policies = policies.stream().sorted().toList();
    }

    static Difference of(Kind kind, Asked asked, New side, String detail, Instant at) {
        EntityRef subject = asked.subject();
        EntityRef resource = asked.resource();
        return new Difference(
                kind,
                subject.type(),
                subject.id(),
                asked.action(),
                resource.type(),
                resource.id(),
                side.policies(),
                side.policyVersion(),
                side.revision(),
                detail,
                at);
    }

    /** What was asked. */
    record Asked(EntityRef subject, String action, EntityRef resource) {}

    /** What the new side decided by. */
    record New(List<String> policies, long policyVersion, long revision) {}
}
