package io.ashlar.cedar.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.cedar.EntityUid;
import io.ashlar.cedar.value.EntityFacts;
import io.ashlar.cedar.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Entities as JSON: an array of objects with {@code uid}, {@code attrs}, {@code parents} and {@code tags}. Thread-safe. */
public final class EntitiesJson {

    private static final Set<String> FIELDS = Set.of("uid", "attrs", "parents", "tags");
    private static final Comparator<EntityUid> BY_NAME =
            Comparator.comparing(EntityUid::type).thenComparing(EntityUid::id);

    private EntitiesJson() {}

    /**
     * The entities, in the order of the text; whether they make a hierarchy is for the store to say.
     *
     * @throws CedarJsonException if the text is none
     */
    public static List<EntityFacts> read(String text) {
        JsonNode array = Json.array(Json.parse(text), "");
        List<EntityFacts> entities = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
            entities.add(entity(array.get(i), "/" + i));
        }
        return entities;
    }

    /**
     * One of them, for whoever reads a stream of many.
     *
     * @throws CedarJsonException if it is none
     */
    public static EntityFacts read(JsonNode entity) {
        return entity(entity, "");
    }

    private static EntityFacts entity(JsonNode node, String pointer) {
        Json.object(node, pointer, FIELDS);
        JsonNode parents = node.has("parents")
                ? Json.array(node.get("parents"), pointer + "/parents")
                : JsonNodeFactory.instance.arrayNode();
        Set<EntityUid> uids = new HashSet<>();
        for (int i = 0; i < parents.size(); i++) {
            uids.add(Json.entity(parents.get(i), pointer + "/parents/" + i));
        }
        return new EntityFacts(
                Json.entity(node.path("uid"), pointer + "/uid"),
                values(node, "attrs", pointer),
                values(node, "tags", pointer),
                uids);
    }

    private static Map<String, Value> values(JsonNode node, String name, String pointer) {
        return node.has(name)
                ? ValueJson.fields(node.get(name), pointer + '/' + name, 0).values()
                : Map.of();
    }

    /** The entities in order of type and id, parents too. */
    public static ArrayNode write(Collection<EntityFacts> entities) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        entities.stream()
                .sorted(Comparator.comparing(EntityFacts::uid, BY_NAME))
                .forEach(entity -> array.add(write(entity)));
        return array;
    }

    /** One of them, for whoever writes a stream of many. */
    public static ObjectNode write(EntityFacts entity) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.set("uid", ValueJson.uid(entity.uid()));
        object.set("attrs", ValueJson.writeFields(entity.attributes()));
        ArrayNode parents = object.putArray("parents");
        entity.parents().stream().sorted(BY_NAME).forEach(parent -> parents.add(ValueJson.uid(parent)));
        if (!entity.tags().isEmpty()) {
            object.set("tags", ValueJson.writeFields(entity.tags()));
        }
        return object;
    }
}
