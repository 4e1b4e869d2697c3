package io.ashlar.export.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * A request that was read and found in order, as far as can be told without asking anybody.
 *
 * @param source the data set
 * @param query filters, sort, fields and time zone, as written
 * @param format {@code csv}
 * @param priority which of four
 * @param webhook whom to tell
 * @param consistencyToken what the export must not be older than
 */
record Order(
        String source,
        ObjectNode query,
        String format,
        Priority priority,
        @Nullable String webhook,
        @Nullable String consistencyToken) {

    /** As the job's row keeps it. */
    JsonNode spec(int deliveryAttempts) {
        ObjectNode spec = JsonNodeFactory.instance.objectNode();
        spec.put("source", source);
        spec.set("query", query);
        spec.put("format", format);
        if (consistencyToken != null) {
            spec.put("consistency_token", consistencyToken);
        }
        if (webhook != null) {
            spec.putObject("notify").put("webhook", webhook).put("attempts", deliveryAttempts);
        }
        return spec;
    }
}
