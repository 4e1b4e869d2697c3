package io.ashlar.authz.planning;

import com.cedarpolicy.model.exception.InternalException;
import com.cedarpolicy.model.policy.Policy;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ashlar.cedar.Effect;
import io.ashlar.cedar.PolicyEngineException;
import io.ashlar.cedar.PolicySource;

/**
 * A policy in Cedar's JSON form, which has a stable grammar where the text has a parser's.
 *
 * @param id the policy's
 * @param effect the policy's
 * @param json {@code {"effect","principal","action","resource","conditions"}}; never changed
 */
public record PolicyTree(String id, Effect effect, JsonNode json) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * Parses a policy that has been checked.
     *
     * @throws PolicyEngineException if it is none
     */
    public static PolicyTree of(PolicySource source) {
        try {
            JsonNode json = JSON.readTree(new Policy(source.text(), source.id()).toJson());
            Effect effect = json.path("effect").asText().equals("permit") ? Effect.PERMIT : Effect.FORBID;
            return new PolicyTree(source.id(), effect, json);
        } catch (InternalException | JsonProcessingException e) {
            throw new PolicyEngineException("policy " + source.id() + " has no JSON form", e);
        }
    }
}
