package io.ashlar.filter.dsl;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One operation of an RFC 6902 patch that mends a fault in the body it was found in.
 *
 * @param op replace, remove or move
 * @param from of a move
 * @param value of a replace
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JsonPatch(
        String op,
        String path,
        @Nullable String from,
        @Nullable JsonNode value) {

    static JsonPatch replace(String path, JsonNode value) {
        return new JsonPatch("replace", path, null, value);
    }

    static JsonPatch replace(String path, String value) {
        return replace(path, TextNode.valueOf(value));
    }

    static JsonPatch remove(String path) {
        return new JsonPatch("remove", path, null, null);
    }

    /** Another name for the member that stands at {@code path}. */
    static JsonPatch rename(String path, String key) {
        return new JsonPatch("move", path.substring(0, path.lastIndexOf('/') + 1) + key, path, null);
    }

    JsonPatch moved(UnaryOperator<String> pointers) {
        return new JsonPatch(op, pointers.apply(path), from == null ? null : pointers.apply(from), value);
    }
}
