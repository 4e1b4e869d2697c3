package io.ashlar.filter.cursor;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.filter.dsl.FilterJson;
import io.ashlar.filter.dsl.Literal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The plain text of a cursor, version 1: {@code {"k":[values],"t":"token","x":expiry in epoch seconds}}; {@code t} is
 * left out if there is none. Only what this house sealed is ever read, so what does not fit is a bug.
 */
final class StateJson {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private StateJson() {}

    static byte[] write(CursorState state) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ArrayNode position = node.putArray("k");
        for (Literal literal : state.position()) {
            position.add(literal == null ? JsonNodeFactory.instance.nullNode() : FilterJson.write(literal));
        }
        if (state.token() != null) {
            node.put("t", state.token());
        }
        node.put("x", state.expiresAt().getEpochSecond());
        return node.toString().getBytes(StandardCharsets.UTF_8);
    }

    static CursorState read(byte[] plain) {
        JsonNode node;
        try {
            node = JSON.readTree(plain);
        } catch (IOException ours) {
            throw new UncheckedIOException("an authentic cursor that cannot be read", ours);
        }
        List<@Nullable Literal> position = new ArrayList<>();
        for (JsonNode value : node.required("k")) {
            position.add(FilterJson.literal(value));
        }
        JsonNode token = node.get("t");
        return new CursorState(
                position,
                token == null ? null : token.textValue(),
                Instant.ofEpochSecond(node.required("x").longValue()));
    }
}
