package io.ashlar.authz.client;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An entity of a question.
 *
 * @param type Cedar type: {@code User}, {@code Dataset}, …
 * @param id its id within the type
 * @param properties facts about it that authz does not own, JSON values: strings, booleans, whole numbers, lists and maps
 */
public record EntityRef(String type, String id, Map<String, Object> properties) {

    public EntityRef {
        properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
        if (type.isEmpty() || id.isEmpty()) {
            throw new IllegalArgumentException("an entity has a type and an id");
        }
    }

    public EntityRef(String type, String id) {
        this(type, id, Map.of());
    }

    public static EntityRef user(String subject) {
        return new EntityRef("User", subject);
    }
}
