package io.ashlar.filter.dsl;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows of an answer's JSON as the typed values that {@link Interpreter} takes. Decimals and large numbers keep all digits
 * only if the tree was read with {@code USE_BIG_DECIMAL_FOR_FLOATS}. Thread-safe.
 */
public final class RowJson {

    private RowJson() {}

    /**
     * The row's values by field name; a member that is null or missing is absent.
     *
     * @throws IllegalArgumentException if a member is no value of its field's type, or no field
     */
    public static Map<String, @Nullable Object> values(JsonNode row, Dataset dataset) {
        Map<String, @Nullable Object> values = HashMap.newHashMap(row.size());
        row.properties().forEach(member -> {
            FieldType type = dataset.require(member.getKey()).type();
            values.put(member.getKey(), value(type, member.getValue()));
        });
        return values;
    }

    private static @Nullable Object value(FieldType type, JsonNode node) {
        if (type == FieldType.STRINGS && node.isArray()) {
            List<String> texts = new ArrayList<>(node.size());
            node.forEach(text -> texts.add(text.textValue()));
            return texts;
        }
        Literal literal = FilterJson.literal(node);
        return literal == null ? null : Values.checked(type, literal);
    }
}
