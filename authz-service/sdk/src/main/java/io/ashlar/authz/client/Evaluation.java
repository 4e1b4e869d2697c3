package io.ashlar.authz.client;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A question in the form of AuthZEN's evaluation API.
 *
 * @param context the request's facts, JSON values
 */
public record Evaluation(EntityRef subject, String action, EntityRef resource, Map<String, Object> context) {

    public Evaluation {
        context = Collections.unmodifiableMap(new LinkedHashMap<>(context));
    }
}
