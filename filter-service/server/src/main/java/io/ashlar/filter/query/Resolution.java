package io.ashlar.filter.query;

import io.ashlar.filter.advice.Advised;
import io.ashlar.filter.cursor.CursorBinding;
import io.ashlar.filter.dsl.Dataset;
import io.ashlar.filter.dsl.Literal;
import io.ashlar.filter.seal.SealedQuery;
import io.ashlar.filter.seal.SealedQuery.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A query that was checked against its dataset and joined with the caller's plan. */
public record Resolution(Access access, ClientQuery client, Selection selection) {

    Dataset dataset() {
        return access.dataset();
    }

    /** The plan leaves no row. */
    boolean nothing() {
        return access.nothing();
    }

    /** What a cursor of this query's pages opens for. */
    CursorBinding cursorBinding() {
        return access.cursorBinding(client.hash());
    }

    /** What advice on it is about. */
    public Advised.Asked asked() {
        return new Advised.Asked(
                access.tenant(),
                access.subject(),
                access.dataset(),
                client.query(),
                selection.checked().sort(),
                "");
    }

    /** The query for the router. */
    public SealedQuery toSeal(Operation op, @Nullable List<@Nullable Literal> position) {
        var checked = selection.checked();
        return new SealedQuery(
                access.tenant(),
                access.subject(),
                op,
                access.dataset(),
                access.joined(checked.filter()),
                checked.sort(),
                op == Operation.PAGE ? checked.limit() : 0,
                position,
                checked.fields(),
                selection.masked(),
                null,
                access.policyVersion(),
                access.planHash());
    }
}
