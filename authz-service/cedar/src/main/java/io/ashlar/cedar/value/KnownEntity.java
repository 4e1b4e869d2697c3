package io.ashlar.cedar.value;

import io.ashlar.cedar.EntityUid;
import java.util.Map;
import java.util.Set;

/**
 * An entity of a store.
 *
 * @param uid its name
 * @param attributes by name
 * @param tags by name
 * @param parents direct parents
 * @param ancestors all that can be reached by parents, without the entity itself
 */
public record KnownEntity(
        EntityUid uid,
        Map<String, Value> attributes,
        Map<String, Value> tags,
        Set<EntityUid> parents,
        Set<EntityUid> ancestors) {

    EntityFacts facts() {
        return new EntityFacts(uid, attributes, tags, parents);
    }
}
