package io.ashlar.filter.dsl;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query that fits a dataset: every name is a visible field, every constant a canonical value of its field's type,
 * every date on a timestamp a range of instants. Ready to be joined with a plan, sealed and compiled.
 *
 * @param sort total: ends with the dataset's key
 * @param fields at least one, in the order of the answer
 */
public record CheckedQuery(
        Filter filter,
        List<SortKey> sort,
        int limit,
        @Nullable String cursor,
        List<String> fields) {

    public CheckedQuery {
        sort = List.copyOf(sort);
        fields = List.copyOf(fields);
    }

    public CheckedQuery and(Filter plan) {
        return new CheckedQuery(filter.and(plan), sort, limit, cursor, fields);
    }
}
