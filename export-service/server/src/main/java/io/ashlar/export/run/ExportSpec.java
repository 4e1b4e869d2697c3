package io.ashlar.export.run;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * What an export job is to do, as its row says.
 *
 * @param source the data set
 * @param query filters, sort, fields and time zone, as the client wrote them
 * @param format {@code csv}
 * @param consistencyToken what the rows must not be older than
 */
record ExportSpec(
        String source,
        JsonNode query,
        String format,
        @Nullable String consistencyToken) {

    static ExportSpec of(JsonNode spec) {
        JsonNode token = spec.get("consistency_token");
        return new ExportSpec(
                spec.path("source").asText(),
                spec.path("query"),
                spec.path("format").asText(),
                token == null || token.isNull() ? null : token.asText());
    }
}
