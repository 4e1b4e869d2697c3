package io.ashlar.authz.policyset;

import io.ashlar.cedar.PolicySource;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A shared set of the platform in the version that holds for a tenant; immutable.
 *
 * @param id the set's
 * @param version of the set
 * @param policies texts by id
 */
public record HeldSet(String id, long version, SortedMap<String, String> policies) {

    public HeldSet {
        policies = Collections.unmodifiableSortedMap(new TreeMap<>(policies));
    }

    /** Its policies as they decide, with ids that no own policy can have. */
    List<PolicySource> sources() {
        return policies.entrySet().stream()
                .map(policy -> new PolicySource("shared:" + id + ':' + policy.getKey(), policy.getValue()))
                .toList();
    }
}
