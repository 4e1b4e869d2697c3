package io.ashlar.authz.publication;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A version as clients see it.
 *
 * @param version its number
 * @param kind {@code created}, {@code edit}, {@code publish}, {@code rollback} or {@code shared}
 * @param source the draft, the version that was gone back to, or the shared set
 * @param impact what was shown and approved of its impact; absent where nothing was asked for
 */
record VersionView(
        long version,
        String kind,
        @Nullable String source,
        @Nullable String reason,
        @JsonProperty("drafted_by") @Nullable String draftedBy,
        @JsonProperty("published_by") String publishedBy,
        @JsonProperty("published_at") Instant publishedAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable JsonNode impact) {}
