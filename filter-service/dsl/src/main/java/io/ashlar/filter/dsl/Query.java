package io.ashlar.filter.dsl;

import java.util.List;

/**
 * A caller's query as it was read, before any type is known.
 *
 * @param sort empty if the caller does not care
 * @param fields empty for all that the caller may see
 * @param tz IANA name of the zone in which a date is a day
 */
public record Query(Filter filter, List<SortKey> sort, PageRequest page, List<String> fields, String tz) {

    public static final String DEFAULT_TZ = "UTC";

    public Query {
        sort = List.copyOf(sort);
        fields = List.copyOf(fields);
    }

    public Query withFilter(Filter other) {
        return new Query(other, sort, page, fields, tz);
    }
}
