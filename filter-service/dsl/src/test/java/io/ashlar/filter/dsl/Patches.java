package io.ashlar.filter.dsl;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;

/** As much of RFC 6902 as faults speak of. */
final class Patches {

    private Patches() {}

    static void apply(JsonNode body, JsonPatch step) {
        switch (step.op()) {
            case "replace" -> put(body, step.path(), Objects.requireNonNull(step.value()));
            case "remove" -> remove(body, step.path());
            case "move" -> put(body, step.path(), remove(body, Objects.requireNonNull(step.from())));
            default -> throw new IllegalArgumentException(step.op());
        }
    }

    private static void put(JsonNode body, String path, JsonNode value) {
        JsonPointer pointer = JsonPointer.compile(path);
        String last = pointer.last().getMatchingProperty();
        switch (body.at(pointer.head())) {
            case ObjectNode object -> object.set(last, value);
            case ArrayNode array -> array.set(Integer.parseInt(last), value);
            default -> throw new IllegalArgumentException(path);
        }
    }

    private static JsonNode remove(JsonNode body, String path) {
        JsonPointer pointer = JsonPointer.compile(path);
        String last = pointer.last().getMatchingProperty();
        return switch (body.at(pointer.head())) {
            case ObjectNode object -> object.remove(last);
            case ArrayNode array -> array.remove(Integer.parseInt(last));
            default -> throw new IllegalArgumentException(path);
        };
    }
}
