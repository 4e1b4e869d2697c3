package io.ashlar.authz.decision;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.cedar.CedarValue;
import io.ashlar.cedar.EntityUid;
import java.util.Map;

/**
 * One question about one resource.
 *
 * @param subject who
 * @param subjectProperties facts about a subject whose type authz does not own
 * @param action what
 * @param resource on what
 * @param properties facts about a resource whose type authz does not own
 * @param context facts of the request
 * @param inputs the question as it is recorded
 */
record Question(
        EntityUid subject,
        Map<String, CedarValue> subjectProperties,
        EntityUid action,
        EntityUid resource,
        Map<String, CedarValue> properties,
        Map<String, CedarValue> context,
        ObjectNode inputs) {}
