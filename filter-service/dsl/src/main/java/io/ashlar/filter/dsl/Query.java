package io.ashlar.filter.dsl;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A caller's query as it was read, before any type is known.
 *
 * @param sort empty if the caller does not care
 * @param fields empty for all that the caller may see
 * @param tz IANA name of the zone in which a date is a day
 * @param form how it was spelled, so that the checker's pointers fit the caller's JSON
 * @param aggregate null unless groups are asked for instead of rows; then {@code sort} speaks of their names
 */
public record Query(
        Filter filter,
        List<SortKey> sort,
        PageRequest page,
        List<String> fields,
        String tz,
        Form form,
        @Nullable Aggregate aggregate) {

    public static final String DEFAULT_TZ = "UTC";

    /** Whether {@code filters} and {@code sort} were arrays; a lone object says the same with another pointer. */
    public record Form(boolean filterList, boolean sortList) {}

    public Query {
        sort = List.copyOf(sort);
        fields = List.copyOf(fields);
    }

    /** As from JSON with a lone filter node and an array of sort keys. */
    public Query(Filter filter, List<SortKey> sort, PageRequest page, List<String> fields, String tz) {
        this(filter, sort, page, fields, tz, new Form(false, true), null);
    }

    public Query withFilter(Filter other) {
        return new Query(other, sort, page, fields, tz, form, aggregate);
    }

    public Query withFields(List<String> others) {
        return new Query(filter, sort, page, others, tz, form, aggregate);
    }
}
