package io.ashlar.export.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to export.
 *
 * @param source the data set
 * @param filters a node or an array of nodes of the filter grammar; absent: everything the caller may see
 * @param sort a sort key or an array of them; absent: the data set's key
 * @param fields which fields, in this order; absent: all the caller may see
 * @param tz time zone of dates in filters, an IANA name; absent: UTC
 * @param format {@code csv}
 * @param priority {@code critical}, {@code high}, {@code standard} (if absent) or {@code low}
 * @param notification whom to tell at the end
 * @param consistencyToken the export sees at least what this token stands for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ExportRequest(
        @JsonProperty("source") String source,
        @JsonProperty("filters") @Nullable JsonNode filters,
        @JsonProperty("sort") @Nullable JsonNode sort,
        @JsonProperty("fields") @Nullable List<String> fields,
        @JsonProperty("tz") @Nullable String tz,
        @JsonProperty("format") String format,
        @JsonProperty("priority") @Nullable String priority,
        @JsonProperty("notify") @Nullable Notify notification,
        @JsonProperty("consistency_token") @Nullable String consistencyToken) {

    /** Everything the caller may see of a data set, as CSV. */
    public static ExportRequest csv(String source) {
        return new ExportRequest(source, null, null, null, null, "csv", null, null, null);
    }

    public ExportRequest filters(@Nullable JsonNode value) {
        return new ExportRequest(source, value, sort, fields, tz, format, priority, notification, consistencyToken);
    }

    public ExportRequest sort(@Nullable JsonNode value) {
        return new ExportRequest(source, filters, value, fields, tz, format, priority, notification, consistencyToken);
    }

    public ExportRequest fields(@Nullable List<String> value) {
        return new ExportRequest(source, filters, sort, value, tz, format, priority, notification, consistencyToken);
    }

    public ExportRequest priority(@Nullable String value) {
        return new ExportRequest(source, filters, sort, fields, tz, format, value, notification, consistencyToken);
    }

    public ExportRequest webhook(String url) {
        return new ExportRequest(
                source, filters, sort, fields, tz, format, priority, new Notify(url), consistencyToken);
    }

    public ExportRequest consistencyToken(@Nullable String value) {
        return new ExportRequest(source, filters, sort, fields, tz, format, priority, notification, value);
    }

    /**
     * Whom to tell.
     *
     * @param webhook an https address, called by Standard Webhooks
     */
    public record Notify(@JsonProperty("webhook") String webhook) {}
}
