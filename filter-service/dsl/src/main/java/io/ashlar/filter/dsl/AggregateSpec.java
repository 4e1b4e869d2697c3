package io.ashlar.filter.dsl;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of groups.
 *
 * @param rows which rows are grouped; its filter counts, not the aggregate's
 * @param position the sort keys' values of the last group seen; null for the first page
 */
public record AggregateSpec(
        RowScope rows, CheckedAggregate aggregate, @Nullable List<@Nullable Literal> position) {

    public AggregateSpec {
        position = position == null ? null : Collections.unmodifiableList(new ArrayList<>(position));
    }
}
