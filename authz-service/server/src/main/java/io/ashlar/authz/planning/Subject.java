package io.ashlar.authz.planning;

import io.ashlar.cedar.CedarValue;
import io.ashlar.cedar.EntityUid;
import java.util.Map;
import java.util.function.BiPredicate;

/**
 * Everything about a request for a plan that is known before any row is.
 *
 * @param principal who
 * @param attributes the principal's
 * @param action what
 * @param resourceType the Cedar type of the rows
 * @param context facts of the request
 * @param isIn whether the first entity is the second or has it among its ancestors, for entities that are not rows
 */
public record Subject(
        EntityUid principal,
        Map<String, CedarValue> attributes,
        EntityUid action,
        String resourceType,
        Map<String, CedarValue> context,
        BiPredicate<EntityUid, EntityUid> isIn) {}
