package io.ashlar.filter.query;

import io.ashlar.filter.advice.Advised;
import io.ashlar.filter.cursor.CursorBinding;
import io.ashlar.filter.dsl.CheckedAggregate;
import io.ashlar.filter.dsl.Literal;
import io.ashlar.filter.dsl.Query;
import io.ashlar.filter.seal.SealedQuery;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An aggregate that was checked against its dataset, and what the caller may read of it.
 *
 * @param query as it was read
 * @param hash {@code sha256:…} of the client's query without its page, by which a cursor knows it again
 * @param checked without the plan
 */
public record Grouping(Access access, Query query, String hash, CheckedAggregate checked) {

    /** What a cursor of this aggregate's pages opens for. */
    public CursorBinding cursorBinding() {
        return access.cursorBinding(hash);
    }

    /** What advice on it is about. */
    public Advised.Asked asked() {
        return new Advised.Asked(access.tenant(), access.subject(), access.dataset(), query, List.of(), "");
    }

    /** The aggregate for the router: over the rows that the plan leaves, and no field that is masked. */
    public SealedQuery toSeal(@Nullable List<@Nullable Literal> position) {
        CheckedAggregate joined = new CheckedAggregate(
                access.joined(checked.filter()),
                checked.groups(),
                checked.measures(),
                checked.tz(),
                checked.having(),
                checked.sort(),
                checked.limit(),
                null,
                checked.outputs());
        return SealedQuery.aggregate(
                access.tenant(),
                access.subject(),
                access.dataset(),
                joined,
                position,
                access.masked(),
                null,
                access.policyVersion(),
                access.planHash());
    }
}
