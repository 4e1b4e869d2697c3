package io.ashlar.authz.policyset;

import io.ashlar.cedar.PolicySource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A tenant's policies at one version; immutable.
 *
 * @param version the tenant's policy version
 * @param policies own texts by id
 * @param documents what belongs to them
 * @param shared the platform's sets that hold for the tenant, in order of their ids
 */
public record PolicySet(
        long version, SortedMap<String, String> policies, Map<Document, String> documents, List<HeldSet> shared) {

    public PolicySet {
        policies = Collections.unmodifiableSortedMap(new TreeMap<>(policies));
        documents = Map.copyOf(documents);
        shared = List.copyOf(shared);
    }

    /** What decides: own policies and, named {@code shared:<set>:<id>}, shared ones, in order of their ids. */
    public List<PolicySource> sources() {
        List<PolicySource> sources = new ArrayList<>(policies.size());
        policies.forEach((id, text) -> sources.add(new PolicySource(id, text)));
        shared.forEach(set -> sources.addAll(set.sources()));
        return sources;
    }
}
