package io.ashlar.filter.why;

import com.fasterxml.jackson.databind.JsonNode;
import io.ashlar.authz.call.Consistency;
import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.filter.FilterError;
import io.ashlar.filter.body.Envelope;
import io.ashlar.filter.client.WhyAnswer;
import io.ashlar.filter.client.WhyAnswer.WhyNode;
import io.ashlar.filter.dsl.Dataset;
import io.ashlar.filter.dsl.Filter;
import io.ashlar.filter.dsl.FilterJson;
import io.ashlar.filter.dsl.Op;
import io.ashlar.filter.dsl.RowJson;
import io.ashlar.filter.dsl.RowKey;
import io.ashlar.filter.dsl.SortKey;
import io.ashlar.filter.dsl.Verdict;
import io.ashlar.filter.peer.SealedCalls;
import io.ashlar.filter.query.Access;
import io.ashlar.filter.query.Freshness;
import io.ashlar.filter.query.Resolution;
import io.ashlar.filter.seal.SealedQuery;
import io.ashlar.filter.seal.SealedQuery.Operation;
import io.ashlar.router.client.PageAnswer;
import jakarta.inject.Singleton;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Judges single rows. Blocking: asks the router. Thread-safe. */
@Singleton
final class Whys {

    static final String KEY_POINTER = "/key";

    private static final FilterJson FILTERS = new FilterJson();

    private final SealedCalls router;

    Whys(SealedCalls router) {
        this.router = router;
    }

    /**
     * How the row fares.
     *
     * @param key the row's, as the client wrote it
     * @throws ProblemException {@code invalid_request} with the key's faults; {@code unknown_row}, whether there is none or
     *     the plan keeps it from the caller
     */
    WhyAnswer why(Resolution resolution, JsonNode key, Consistency asked) {
        Access access = resolution.access();
        Dataset dataset = access.dataset();
        Filter row = RowKey.read(key, dataset, access.visible())
                .orElseThrow(faults -> new ProblemException(
                        DoorError.INVALID_REQUEST,
                        "The key does not name a row.",
                        faults.stream().map(fault -> fault.under(KEY_POINTER)).toList()));
        if (access.nothing()) {
            throw unknown();
        }
        Filter filter = resolution.selection().checked().filter();
        Set<String> fields = new LinkedHashSet<>(dataset.key());
        names(filter, fields);
        Consistency consistency = Freshness.following(asked, null, access.tenant());
        PageAnswer page = router.page(sealed(access, row, List.copyOf(fields)), consistency);
        if (page.rows().isEmpty()) {
            throw unknown();
        }
        JsonNode found = page.rows().getFirst();
        Verdict verdict = Verdict.of(resolution.client().query(), filter, dataset, RowJson.values(found, dataset));
        return new WhyAnswer(
                verdict.passes(),
                verdict.passes()
                        ? List.of()
                        : verdict.causes().stream()
                                .map(cause -> Envelope.QUERY_POINTER + cause.pointer())
                                .toList(),
                node(verdict, found),
                page.source(),
                page.lagMs(),
                page.consistency(),
                page.reason(),
                page.token());
    }

    /** One row at most: the key tells rows apart. */
    private static SealedQuery sealed(Access access, Filter row, List<String> fields) {
        return new SealedQuery(
                access.tenant(),
                access.subject(),
                Operation.PAGE,
                access.dataset(),
                access.joined(row),
                access.dataset().key().stream()
                        .map(name -> new SortKey(name, SortKey.Direction.ASC))
                        .toList(),
                1,
                null,
                fields,
                List.of(),
                null,
                access.policyVersion(),
                access.planHash());
    }

    private static ProblemException unknown() {
        return new ProblemException(FilterError.UNKNOWN_ROW, "No row with this key can be read.");
    }

    private static WhyNode node(Verdict verdict, JsonNode row) {
        List<WhyNode> nodes = verdict.nodes().isEmpty()
                ? null
                : verdict.nodes().stream().map(inner -> node(inner, row)).toList();
        return new WhyNode(
                Envelope.QUERY_POINTER + verdict.pointer(),
                kind(verdict.node()),
                verdict.passes(),
                verdict.node() instanceof Filter.Condition condition ? condition.field() : null,
                verdict.node() instanceof Filter.Condition condition ? row.get(condition.field()) : null,
                meant(verdict),
                nodes);
    }

    /** What a condition came to, where that is not what was written: a day as instants, a period as now. */
    private static @Nullable JsonNode meant(Verdict verdict) {
        if (!(verdict.node() instanceof Filter.Condition condition)
                || (condition.op() != Op.WITHIN && verdict.checked().equals(condition))) {
            return null;
        }
        return FILTERS.write(verdict.checked());
    }

    private static String kind(Filter node) {
        return switch (node) {
            case Filter.All all -> "all";
            case Filter.Condition condition -> "condition";
            case Filter.And and -> "and";
            case Filter.Or or -> "or";
            case Filter.Not not -> "not";
            case Filter.Segment segment -> "segment";
        };
    }

    private static void names(Filter filter, Set<String> names) {
        switch (filter) {
            case Filter.All all -> {}
            case Filter.Segment segment -> {}
            case Filter.Condition condition -> names.add(condition.field());
            case Filter.And(List<Filter> nodes) -> nodes.forEach(node -> names(node, names));
            case Filter.Or(List<Filter> nodes) -> nodes.forEach(node -> names(node, names));
            case Filter.Not(Filter node) -> names(node, names);
        }
    }
}
