package io.ashlar.filter.dsl;

/**
 * How much a client may ask for at once. What a policy adds to a query is not bound by these.
 *
 * @param bodyBytes length of the JSON text
 * @param depth nesting of filter nodes; a lone condition has depth 1
 * @param nodes filter nodes in all
 * @param values constants in all
 * @param stringBytes UTF-8 length of one constant
 * @param pageLimit rows of one page
 * @param groups what rows are grouped by at once
 * @param measures of one aggregate
 */
public record Limits(
        int bodyBytes,
        int depth,
        int nodes,
        int values,
        int stringBytes,
        int sortKeys,
        int pageLimit,
        int groups,
        int measures) {

    public static final Limits CLIENT = new Limits(64 * 1024, 8, 100, 1_000, 1024, 4, 500, 4, 16);

    /** For what the house itself wrote: plans and seals. Only the depth is kept, for the stack's sake. */
    public static final Limits INTERNAL = new Limits(
            16 * 1024 * 1024,
            200,
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            64,
            Integer.MAX_VALUE,
            64,
            64);
}
