package io.ashlar.filter.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Whether an index serves one condition or the order of a query.
 *
 * @param pointer RFC 6901, into the request; empty for the order by the dataset's key
 * @param field the field, or the fields of an order
 * @param verdict one of the words below
 * @param index that serves, or would but for the verdict
 * @param detail one sentence for a person
 * @param help what would change it, where that is known
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Advice(
        String pointer,
        String field,
        String verdict,
        @Nullable String index,
        String detail,
        @Nullable String help) {

    /** An index finds the rows, or has the order. */
    public static final String INDEXED = "indexed";
    /** No index has the column. */
    public static final String NO_INDEX = "no_index";
    /** An index has the column behind others that the filter does not fix. */
    public static final String NOT_LEADING = "not_leading";
    /** Under row-level security only leakproof operators are looked up in an index. */
    public static final String NOT_LEAKPROOF = "not_leakproof";
    /** What is excluded is no range of an index. */
    public static final String COMPLEMENT = "complement";
    /** The value is worked out for every row. */
    public static final String WORKED_OUT = "worked_out";
    /** Another branch of the same or reads every row. */
    public static final String OTHER_BRANCH = "other_branch";
    /** All rows that match are sorted. */
    public static final String SORTED = "sorted";

    /** The same condition with another verdict. */
    public Advice with(String otherVerdict, String otherDetail, @Nullable String otherHelp) {
        return new Advice(pointer, field, otherVerdict, index, otherDetail, otherHelp);
    }

    /** The same in a body in which the query stands at this pointer. */
    public Advice under(String prefix) {
        return new Advice(prefix + pointer, field, verdict, index, detail, help);
    }

    /** Whether rows are read that no index has chosen. */
    public boolean isCostly() {
        return !verdict.equals(INDEXED);
    }
}
