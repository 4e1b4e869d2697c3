package io.ashlar.filter.query;

import io.ashlar.filter.cursor.CursorBinding;
import io.ashlar.filter.dsl.Dataset;
import io.ashlar.filter.dsl.Filter;
import io.ashlar.filter.dsl.Literal;
import io.ashlar.filter.seal.SealedQuery;
import io.ashlar.filter.seal.SealedQuery.Operation;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A query that was checked against its dataset and joined with the caller's plan.
 *
 * @param nothing the plan leaves no row
 * @param plan in fields of the dataset
 */
record Resolution(
        UUID tenant,
        String subject,
        Dataset dataset,
        ClientQuery client,
        Selection selection,
        boolean nothing,
        Filter plan,
        long policyVersion,
        String planHash) {

    /** What a cursor of this query's pages opens for. */
    CursorBinding cursorBinding() {
        return new CursorBinding(tenant, dataset.name(), dataset.version(), client.hash());
    }

    /** The query for the router. */
    SealedQuery toSeal(Operation op, @Nullable List<@Nullable Literal> position) {
        var checked = selection.checked();
        return new SealedQuery(
                tenant,
                subject,
                op,
                dataset,
                nothing ? Filter.none() : checked.filter().and(plan),
                checked.sort(),
                op == Operation.PAGE ? checked.limit() : 0,
                position,
                checked.fields(),
                selection.masked(),
                null,
                policyVersion,
                planHash);
    }
}
