package io.ashlar.cedar.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.cedar.EntityUid;
import io.ashlar.cedar.syntax.Policy;
import io.ashlar.cedar.syntax.PolicySet;
import io.ashlar.cedar.syntax.Slot;
import io.ashlar.cedar.syntax.TemplateLink;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Policy sets in Cedar's JSON: {@code staticPolicies}, {@code templates} and {@code templateLinks}. Thread-safe. */
public final class PolicySetJson {

    private PolicySetJson() {}

    /**
     * A policy set.
     *
     * @throws CedarJsonException if the text is none
     */
    public static PolicySet read(String text) {
        JsonNode node = Json.object(Json.parse(text), "", Set.of("staticPolicies", "templates", "templateLinks"));
        Map<String, Policy> policies = new LinkedHashMap<>();
        policies(node.path("staticPolicies"), "/staticPolicies", false, policies);
        policies(node.path("templates"), "/templates", true, policies);
        List<TemplateLink> links = new ArrayList<>();
        if (!node.path("templateLinks").isMissingNode()) {
            JsonNode array = Json.array(node.get("templateLinks"), "/templateLinks");
            for (int i = 0; i < array.size(); i++) {
                links.add(link(array.get(i), "/templateLinks/" + i));
            }
        }
        try {
            return new PolicySet(policies, links);
        } catch (IllegalArgumentException e) {
            throw new CedarJsonException(String.valueOf(e.getMessage()), "");
        }
    }

    private static void policies(JsonNode node, String pointer, boolean templates, Map<String, Policy> into) {
        if (node.isMissingNode()) {
            return;
        }
        Json.object(node, pointer).properties().forEach(field -> {
            String at = Json.at(pointer, field.getKey());
            Policy policy = PolicyJson.read(field.getValue(), at);
            if (policy.slots().isEmpty() == templates) {
                throw new CedarJsonException(templates ? "a template has slots" : "a static policy has no slots", at);
            }
            if (into.put(field.getKey(), policy) != null) {
                throw new CedarJsonException("the id is there twice", at);
            }
        });
    }

    private static TemplateLink link(JsonNode node, String pointer) {
        Json.object(node, pointer, Set.of("templateId", "newId", "values"));
        Map<Slot, EntityUid> values = new EnumMap<>(Slot.class);
        Json.object(node.path("values"), pointer + "/values").properties().forEach(field -> {
            String at = Json.at(pointer + "/values", field.getKey());
            Slot slot = Slot.of(field.getKey())
                    .orElseThrow(() -> new CedarJsonException("there is no slot " + field.getKey(), at));
            values.put(slot, Json.entity(field.getValue(), at));
        });
        return new TemplateLink(
                Json.text(node.path("templateId"), pointer + "/templateId"),
                Json.text(node.path("newId"), pointer + "/newId"),
                values);
    }

    /** The set as text, in its own order. */
    public static String text(PolicySet set) {
        return Json.text(write(set));
    }

    /** The set as a tree; one with long chains is deeper than a mapper takes by default, {@link #text} is not. */
    public static ObjectNode write(PolicySet set) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        ObjectNode statics = object.putObject("staticPolicies");
        ObjectNode templates = object.putObject("templates");
        set.policies().forEach((id, policy) -> (policy.slots().isEmpty() ? statics : templates)
                .set(id, PolicyJson.write(policy)));
        ArrayNode links = object.putArray("templateLinks");
        for (TemplateLink link : set.links()) {
            ObjectNode values = links.addObject()
                    .put("templateId", link.templateId())
                    .put("newId", link.policyId())
                    .putObject("values");
            new EnumMap<>(link.values()).forEach((slot, uid) -> values.set(slot.text(), ValueJson.uid(uid)));
        }
        return object;
    }
}
