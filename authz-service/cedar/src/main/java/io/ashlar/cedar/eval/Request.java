package io.ashlar.cedar.eval;

import io.ashlar.cedar.DecisionRequest;
import io.ashlar.cedar.EntityUid;
import io.ashlar.cedar.value.Value;
import io.ashlar.cedar.value.Values;

/**
 * May this principal do this to that, with the context's values read.
 *
 * @param principal who
 * @param action what
 * @param resource on what
 * @param context facts of the request
 */
public record Request(EntityUid principal, EntityUid action, EntityUid resource, Value.Fields context) {

    /**
     * The same question with its values read.
     *
     * @throws IllegalArgumentException if an extension value is malformed or values are nested too deep
     */
    public static Request of(DecisionRequest request) {
        return new Request(request.principal(), request.action(), request.resource(), Values.fields(request.context()));
    }
}
