package io.ashlar.export.client;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An export as the service tells of it; fields of a later server are passed over.
 *
 * @param id names it
 * @param state where it stands
 * @param source the data set
 * @param format {@code csv}
 * @param priority as asked
 * @param asOf the instant the rows speak of, {@code {"kind":"run time"}}
 * @param rows rows written so far, or in the end
 * @param bytes bytes written so far, or in the end
 * @param attempts how often it was begun
 * @param error why it failed or last failed
 * @param createdAt RFC 3339, UTC, microseconds; so are the others
 * @param startedAt the latest attempt's begin
 * @param finishedAt when it ended
 * @param expiresAt when its file goes
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Export(
        @JsonProperty("id") UUID id,
        @JsonProperty("state") ExportState state,
        @JsonProperty("source") String source,
        @JsonProperty("format") String format,
        @JsonProperty("priority") String priority,
        @JsonProperty("as_of") JsonNode asOf,
        @JsonProperty("rows") long rows,
        @JsonProperty("bytes") long bytes,
        @JsonProperty("attempts") int attempts,
        @JsonProperty("error") @Nullable Failure error,
        @JsonProperty("created_at") String createdAt,
        @JsonProperty("started_at") @Nullable String startedAt,
        @JsonProperty("finished_at") @Nullable String finishedAt,
        @JsonProperty("expires_at") @Nullable String expiresAt) {

    /**
     * Why an attempt failed.
     *
     * @param code stable name
     * @param detail in words
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Failure(
            @JsonProperty("code") String code,
            @JsonProperty("detail") String detail) {}
}
