package io.ashlar.authz.policy;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/**
 * A policy in force.
 *
 * @param id unique in the tenant
 * @param cedar its text
 * @param version the tenant's policy version that brought this text
 */
record StoredPolicy(
        String id,
        String cedar,
        long version,
        @JsonProperty("changed_by") String changedBy,
        @JsonProperty("changed_at") Instant changedAt) {}
