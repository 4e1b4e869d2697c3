package io.ashlar.filter.peer;

import io.ashlar.authz.call.CallFailedException;
import io.ashlar.authz.call.Consistency;
import io.ashlar.authz.problem.Problem;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.filter.FilterError;
import io.ashlar.filter.dsl.Dataset;
import io.ashlar.filter.dsl.Filter;
import io.ashlar.filter.seal.SealWriter.Sealed;
import io.ashlar.filter.seal.SealedQuery;
import io.ashlar.filter.seal.SealedQuery.Operation;
import io.ashlar.router.client.AggregateAnswer;
import io.ashlar.router.client.CountAnswer;
import io.ashlar.router.client.DescribeAnswer;
import io.ashlar.router.client.ExplainAnswer;
import io.ashlar.router.client.PageAnswer;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Seals queries and has the router run them. Blocking; thread-safe. */
@Singleton
public final class SealedCalls {

    private static final String RELATION_UNKNOWN = "relation_unknown";

    private final RouterPeer router;

    SealedCalls(RouterPeer router) {
        this.router = router;
    }

    /**
     * Seals a query.
     *
     * @throws ProblemException {@code query_too_large}
     */
    public Sealed seal(SealedQuery query) {
        try {
            return router.seals().seal(query);
        } catch (IllegalArgumentException tooLong) {
            throw new ProblemException(
                    FilterError.QUERY_TOO_LARGE, "Narrow the filter, or ask for fewer policies to apply.");
        }
    }

    /** A page of rows, from the connections kept for requests. */
    public PageAnswer page(SealedQuery query, Consistency consistency) {
        return asked(() -> router.client().page(seal(query).text(), consistency));
    }

    /** A page of groups, from the connections kept for requests. */
    public AggregateAnswer aggregate(SealedQuery query, Consistency consistency) {
        return asked(() -> router.client().aggregate(seal(query).text(), consistency));
    }

    /** How many rows match. */
    public CountAnswer count(SealedQuery query, Consistency consistency) {
        return asked(() -> router.client().count(seal(query).text(), consistency));
    }

    /** What the store expects of a query that it does not run. */
    public ExplainAnswer explain(SealedQuery query, Consistency consistency) {
        return asked(() -> router.client().explain(seal(query.toExplain()).text(), consistency));
    }

    /** What the dataset's relation really is; empty if there is none. */
    public Optional<DescribeAnswer> describe(UUID tenant, String subject, Dataset dataset) {
        SealedQuery query = new SealedQuery(
                tenant,
                subject,
                Operation.DESCRIBE,
                dataset,
                Filter.none(),
                List.of(),
                0,
                null,
                List.of(),
                List.of(),
                null,
                0,
                "");
        try {
            return Optional.of(router.client().describe(seal(query).text(), Consistency.EVENTUAL));
        } catch (CallFailedException failed) {
            Problem problem = failed.problem();
            if (problem != null && problem.code().equals(RELATION_UNKNOWN)) {
                return Optional.empty();
            }
            throw Refusal.ofRouter(failed);
        }
    }

    private static <T> T asked(Supplier<T> call) {
        try {
            return call.get();
        } catch (CallFailedException failed) {
            throw Refusal.ofRouter(failed);
        }
    }
}
