package io.ashlar.filter.dsl;

import java.util.List;

/**
 * All rows, in an order.
 *
 * @param sort may be empty: the order of the store then
 * @param fields what is released, in this order
 */
public record StreamSpec(RowScope rows, List<SortKey> sort, List<String> fields) {

    public StreamSpec {
        sort = List.copyOf(sort);
        fields = List.copyOf(fields);
    }
}
