package io.ashlar.authz.entity;

import com.fasterxml.jackson.databind.JsonNode;
import io.ashlar.cedar.EntityUid;
import java.util.List;

/**
 * An entity of a registered type since a revision.
 *
 * @param type registered
 * @param id unique in its type
 * @param parents direct ones, of registered types
 * @param attributes a JSON object
 * @param revision the tenant's revision that brought this state
 */
record OwnedEntity(String type, String id, List<EntityUid> parents, JsonNode attributes, long revision) {

    OwnedEntity {
        parents = List.copyOf(parents);
    }

    /** Whether the other differs in nothing but its revision. */
    boolean saysTheSame(OwnedEntity other) {
        return parents.equals(other.parents) && attributes.equals(other.attributes);
    }
}
