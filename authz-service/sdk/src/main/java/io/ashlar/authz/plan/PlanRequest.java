package io.ashlar.authz.plan;

import io.ashlar.authz.client.EntityRef;
import java.util.List;
import java.util.Map;

/**
 * Asks which rows a subject may act on.
 *
 * @param subject who
 * @param action what: {@code read}
 * @param resourceType the Cedar type of the rows: {@code Flight}
 * @param fields what is going to be shown, at most 500
 * @param context the request's facts, JSON values
 */
public record PlanRequest(
        EntityRef subject, String action, String resourceType, List<PlanField> fields, Map<String, Object> context) {

    public static final int FIELDS_MAX = 500;

    public PlanRequest {
        fields = List.copyOf(fields);
        context = Map.copyOf(context);
        if (fields.size() > FIELDS_MAX) {
            throw new IllegalArgumentException("more than " + FIELDS_MAX + " fields");
        }
    }
}
