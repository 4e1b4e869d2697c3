package io.ashlar.authz.entity;

import com.fasterxml.jackson.databind.JsonNode;
import io.ashlar.authz.entity.EntityRows.OwnedType;

/** What clients see. */
final class EntityViews {

    private EntityViews() {}

    /** A registered type. */
    record TypeView(String type, long revision) {

        static TypeView of(OwnedType type) {
            return new TypeView(type.type(), type.revision());
        }
    }

    /** An entity; its parents are names, {@code {"type","id"}}. */
    record EntityView(String type, String id, JsonNode parents, JsonNode attributes, long revision) {

        static EntityView of(OwnedEntity entity) {
            return new EntityView(
                    entity.type(),
                    entity.id(),
                    EntityRows.parents(entity.parents()),
                    entity.attributes(),
                    entity.revision());
        }
    }
}
