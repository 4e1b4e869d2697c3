package io.ashlar.authz.shared;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.ashlar.authz.AuthzError;
import io.ashlar.authz.policyset.HeldSet;
import io.ashlar.authz.problem.ProblemException;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A shared set in one version.
 *
 * @param id the set's
 * @param version counts from 1
 * @param policies texts by id; none takes the set out of force
 * @param tests test cases in YAML, which are about this set alone
 * @param mandatory whether no tenant may go without
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SharedVersion(
        String id,
        long version,
        SortedMap<String, String> policies,
        @Nullable String tests,
        boolean mandatory,
        @Nullable String reason,
        @JsonProperty("published_by") String publishedBy,
        @JsonProperty("published_at") Instant publishedAt) {

    SharedVersion {
        policies = Collections.unmodifiableSortedMap(new TreeMap<>(policies));
    }

    /** As a tenant holds it. */
    HeldSet held() {
        return new HeldSet(id, version, policies);
    }

    /** @throws ProblemException {@code shared_set_mandatory} */
    void requireLeavable() {
        if (mandatory) {
            throw new ProblemException(AuthzError.SHARED_SET_MANDATORY, "no tenant may go without this set");
        }
    }
}
