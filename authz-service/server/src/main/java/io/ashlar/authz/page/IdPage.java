package io.ashlar.authz.page;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param items in order of their ids
 * @param nextCursor absent on the last page
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record IdPage<T>(List<T> items, @Nullable String nextCursor) {
    public IdPage {
        items = List.copyOf(items);
    }
}
