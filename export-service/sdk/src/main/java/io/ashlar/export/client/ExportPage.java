package io.ashlar.export.client;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of the tenant's exports, newest first.
 *
 * @param items the exports
 * @param nextCursor what to ask the next page with; absent on the last
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ExportPage(
        @JsonProperty("items") List<Export> items,
        @JsonProperty("next_cursor") @Nullable String nextCursor) {

    public ExportPage {
        items = List.copyOf(items);
    }
}
