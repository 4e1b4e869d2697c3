package io.ashlar.cedar.value;

import io.ashlar.cedar.Entity;
import io.ashlar.cedar.EntityUid;
import java.util.Map;
import java.util.Set;

/**
 * What is handed in about an entity.
 *
 * @param uid its name
 * @param attributes by name
 * @param tags by name
 * @param parents direct parents
 */
public record EntityFacts(
        EntityUid uid, Map<String, Value> attributes, Map<String, Value> tags, Set<EntityUid> parents) {

    public EntityFacts {
        attributes = Map.copyOf(attributes);
        tags = Map.copyOf(tags);
        parents = Set.copyOf(parents);
    }

    /**
     * The same entity with its values read.
     *
     * @throws IllegalArgumentException if an extension value is malformed or values are nested too deep
     */
    public static EntityFacts of(Entity entity) {
        return new EntityFacts(entity.uid(), Values.fields(entity.attributes()).values(), Map.of(), entity.parents());
    }
}
