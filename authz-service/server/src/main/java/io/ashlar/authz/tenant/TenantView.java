package io.ashlar.authz.tenant;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.UUID;

/** A tenant as operators see it. */
record TenantView(
        UUID id,
        String name,
        @JsonProperty("first_admin") String firstAdmin,
        long revision,
        @JsonProperty("policy_version") long policyVersion) {}
