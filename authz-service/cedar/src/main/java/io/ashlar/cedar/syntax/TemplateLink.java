package io.ashlar.cedar.syntax;

import io.ashlar.cedar.EntityUid;
import java.util.Map;

/**
 * A policy made of a template.
 *
 * @param templateId the template's id
 * @param policyId the id of the policy that it gives
 * @param values what fills the template's slots
 */
public record TemplateLink(String templateId, String policyId, Map<Slot, EntityUid> values) {

    public TemplateLink {
        values = Map.copyOf(values);
    }
}
