package io.ashlar.authz.decision;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.authz.plan.PlanField;
import io.ashlar.cedar.CedarValue;
import io.ashlar.cedar.EntityUid;
import java.util.List;
import java.util.Map;

/**
 * One question about all rows of a type.
 *
 * @param subject who
 * @param action what
 * @param resourceType the Cedar type of the rows
 * @param fields what is going to be shown
 * @param context facts of the request
 * @param inputs the question as it is recorded
 */
record PlanQuestion(
        EntityUid subject,
        EntityUid action,
        String resourceType,
        List<PlanField> fields,
        Map<String, CedarValue> context,
        ObjectNode inputs) {}
