package io.ashlar.filter.advice;

import io.ashlar.authz.problem.ProblemException;
import io.ashlar.filter.FilterError;
import io.ashlar.filter.client.Advice;
import io.ashlar.filter.dsl.Dataset;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.filter.dsl.Query;
import io.ashlar.filter.dsl.SortKey;
import io.ashlar.filter.peer.SealedCalls;
import io.ashlar.router.client.DescribeAnswer;
import io.ashlar.router.client.TooCostly;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Runs queries, and where one is refused as too dear says which of its conditions is at fault. Blocking; thread-safe. */
@Singleton
public final class Advised {

    private static final Logger LOG = Logger.getLogger(Advised.class);

    private static final Set<String> DEAR =
            Set.of(FilterError.QUERY_TOO_COSTLY.code(), FilterError.STATEMENT_TIMEOUT.code());

    private final SealedCalls router;

    Advised(SealedCalls router) {
        this.router = router;
    }

    /**
     * One query as its client wrote it.
     *
     * @param sort as it was checked; empty if groups are asked for
     * @param prefix pointer of the query in the request's body
     */
    public record Asked(UUID tenant, String subject, Dataset dataset, Query query, List<SortKey> sort, String prefix) {

        public Asked {
            sort = List.copyOf(sort);
        }
    }

    /**
     * What the call returns.
     *
     * @throws ProblemException the call's own; {@code query_too_costly} and {@code statement_timeout} with a fault for each
     *     condition, and the order, that no index serves
     */
    public <T> T run(Asked asked, Supplier<T> call) {
        try {
            return call.get();
        } catch (ProblemException refused) {
            throw DEAR.contains(refused.problem().code()) ? explained(asked, refused) : refused;
        }
    }

    /** The advice for a query by the catalogue as it is now; none if the relation is gone. */
    public List<Advice> advice(Asked asked) {
        Optional<DescribeAnswer> catalogue = router.describe(asked.tenant(), asked.subject(), asked.dataset());
        return catalogue
                .map(found -> IndexAdvice.of(asked.query(), asked.sort(), asked.dataset(), found.indexes()).stream()
                        .map(advice -> advice.under(asked.prefix()))
                        .toList())
                .orElse(List.of());
    }

    private ProblemException explained(Asked asked, ProblemException refused) {
        List<Advice> costly;
        try {
            costly = advice(asked).stream().filter(Advice::isCostly).toList();
        } catch (ProblemException unexplained) {
            LOG.warnf(
                    "event=advice_unavailable dataset=%s reason=%s",
                    asked.dataset().name(), unexplained.problem().code());
            return refused;
        }
        FilterError error = refused.problem().code().equals(FilterError.QUERY_TOO_COSTLY.code())
                ? FilterError.QUERY_TOO_COSTLY
                : FilterError.STATEMENT_TIMEOUT;
        String detail = costly.isEmpty()
                ? "An index serves every condition, but too many rows match. Ask for fewer."
                : "No index serves what is named here, so that too many rows are read.";
        List<Fault> faults = new ArrayList<>(costly.stream().map(Advised::fault).toList());
        TooCostly.of(refused.problem()).ifPresent(numbers -> faults.addAll(numbers.faults()));
        ProblemException told = new ProblemException(error, detail, faults);
        return refused.retryAfterSeconds().isPresent()
                ? told.retryAfter(refused.retryAfterSeconds().getAsLong())
                : told;
    }

    private static Fault fault(Advice advice) {
        String help = advice.help();
        return new Fault(
                advice.verdict(), advice.pointer(), help == null ? advice.detail() : advice.detail() + " " + help);
    }
}
