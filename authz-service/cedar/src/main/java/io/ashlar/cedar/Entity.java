package io.ashlar.cedar;

import java.util.Map;
import java.util.Set;

/**
 * An entity with its attributes and its direct parents.
 *
 * @param uid its name
 * @param attributes by name; an attribute that is not there is absent, there is no null
 * @param parents direct parents; ancestors follow from the parents' own entities
 */
public record Entity(EntityUid uid, Map<String, CedarValue> attributes, Set<EntityUid> parents) {

    public Entity {
        attributes = Map.copyOf(attributes);
        parents = Set.copyOf(parents);
    }

    /** An entity of which nothing but the name is known. */
    public static Entity bare(EntityUid uid) {
        return new Entity(uid, Map.of(), Set.of());
    }
}
