package io.ashlar.cedar;

import java.util.Map;

/**
 * May this principal do this to that?
 *
 * @param principal who
 * @param action what, as {@code Action::"…"}
 * @param resource on what
 * @param context facts of the request, by name
 */
public record DecisionRequest(
        EntityUid principal, EntityUid action, EntityUid resource, Map<String, CedarValue> context) {

    public DecisionRequest {
        context = Map.copyOf(context);
    }
}
