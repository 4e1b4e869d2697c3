package io.ashlar.filter.query;

import io.ashlar.authz.call.Consistency;
import io.ashlar.filter.client.QueryAnswer.Count;
import io.ashlar.filter.dsl.PageRequest;
import io.ashlar.filter.peer.SealedCalls;
import io.ashlar.filter.seal.SealedQuery.Operation;
import io.ashlar.router.client.PageAnswer;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Counts all rows of a query beside one of its pages. Blocking: asks the router. Thread-safe. */
@Singleton
final class Counts {

    private static final String EXACT = "exact";

    private final SealedCalls router;

    Counts(SealedCalls router) {
        this.router = router;
    }

    /**
     * The number of rows as it was asked for; null if it was not.
     *
     * @param page that was read before; where it is the only one, nobody has to count
     * @param consistency at least as fresh as the page
     */
    @Nullable Count of(Resolution resolution, PageAnswer page, Consistency consistency) {
        PageRequest wanted = resolution.client().query().page();
        if (wanted.count() != PageRequest.Count.NONE && wanted.cursor() == null && !page.hasMore()) {
            return new Count(page.rows().size(), EXACT);
        }
        return switch (wanted.count()) {
            case NONE -> null;
            case EXACT ->
                new Count(
                        router.count(resolution.toSeal(Operation.COUNT, null), consistency)
                                .count(),
                        EXACT);
            case ESTIMATED -> {
                double rows = router.explain(resolution.toSeal(Operation.STREAM, null), consistency)
                        .estimatedRows();
                // What was seen is there, whatever the statistics say.
                long seen = page.rows().size() + (page.hasMore() ? 1L : 0L);
                yield new Count(Math.max(Math.round(rows), seen), PageRequest.Count.ESTIMATED.wire());
            }
        };
    }
}
