package io.ashlar.filter.dsl;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of rows.
 *
 * @param sort total order, ending with the dataset's key
 * @param fields what is released, in this order
 * @param limit rows of the page; the statement asks for one more, which tells whether there is another page
 * @param position the sort keys' values of the last row seen, in the order of {@code sort}; null for the first page
 */
public record PageSpec(
        RowScope rows,
        List<SortKey> sort,
        List<String> fields,
        int limit,
        @Nullable List<@Nullable Literal> position) {

    public PageSpec {
        sort = List.copyOf(sort);
        fields = List.copyOf(fields);
        position = position == null ? null : Collections.unmodifiableList(new ArrayList<>(position));
    }
}
