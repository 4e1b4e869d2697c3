package io.ashlar.cedar.syntax;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Policies and templates by id, with the links that make policies of templates.
 *
 * @param policies policies and templates, in order
 * @param links each names a template of this set, and an id that nothing else has
 */
public record PolicySet(Map<String, Policy> policies, List<TemplateLink> links) {

    /** @throws IllegalArgumentException if a link does not fit, an id repeats, or there are more than {@link Limits} allow */
    public PolicySet {
        policies = Collections.unmodifiableMap(new LinkedHashMap<>(policies));
        links = List.copyOf(links);
        if (policies.size() + links.size() > Limits.POLICIES_MAX) {
            throw new IllegalArgumentException("a set has at most " + Limits.POLICIES_MAX + " policies");
        }
        resolve(policies, links);
    }

    /** A set without links. */
    public static PolicySet of(Map<String, Policy> policies) {
        return new PolicySet(policies, List.of());
    }

    /** What decides: the policies without slots, and those that the links make. */
    public Map<String, Policy> deciding() {
        return resolve(policies, links);
    }

    private static Map<String, Policy> resolve(Map<String, Policy> policies, List<TemplateLink> links) {
        Map<String, Policy> deciding = new LinkedHashMap<>();
        policies.forEach((id, policy) -> {
            if (policy.slots().isEmpty()) {
                deciding.put(id, policy);
            }
        });
        for (TemplateLink link : links) {
            Policy template = policies.get(link.templateId());
            if (template == null || template.slots().isEmpty()) {
                throw new IllegalArgumentException("no template " + link.templateId());
            }
            if (policies.containsKey(link.policyId())
                    || deciding.putIfAbsent(link.policyId(), template.link(link.values())) != null) {
                throw new IllegalArgumentException("policy " + link.policyId() + " is there twice");
            }
        }
        return Collections.unmodifiableMap(deciding);
    }
}
