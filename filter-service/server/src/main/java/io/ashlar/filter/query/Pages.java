package io.ashlar.filter.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.authz.call.Consistency;
import io.ashlar.filter.advice.Advised;
import io.ashlar.filter.client.QueryAnswer;
import io.ashlar.filter.client.QueryAnswer.Count;
import io.ashlar.filter.cursor.CursorState;
import io.ashlar.filter.dsl.FilterJson;
import io.ashlar.filter.dsl.Literal;
import io.ashlar.filter.dsl.PageRequest;
import io.ashlar.filter.paging.Cursors;
import io.ashlar.filter.peer.SealedCalls;
import io.ashlar.filter.seal.SealedQuery.Operation;
import io.ashlar.router.client.PageAnswer;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pages of rows. Blocking: asks the router. Thread-safe. */
@Singleton
final class Pages {

    /** What stands for a node where none was asked. */
    private static final String NO_SOURCE = "none";

    static final String CURSOR_POINTER = "/page/cursor";
    private static final String PLAN_NONE = "plan_none";

    private final SealedCalls router;
    private final Cursors cursors;
    private final Counts counts;
    private final Advised advised;

    Pages(SealedCalls router, Cursors cursors, Counts counts, Advised advised) {
        this.router = router;
        this.cursors = cursors;
        this.counts = counts;
        this.advised = advised;
    }

    /** The page that the query's cursor names, or the first one. */
    QueryAnswer page(Resolution resolution, Consistency asked) {
        String cursor = resolution.selection().checked().cursor();
        CursorState state = cursor == null ? null : cursors.open(resolution.cursorBinding(), cursor, CURSOR_POINTER);
        @Nullable String held = state == null ? null : state.token();
        Consistency consistency =
                Freshness.following(asked, held, resolution.access().tenant());
        if (resolution.nothing()) {
            return nothing(resolution, consistency);
        }
        PageAnswer page = advised.run(
                resolution.asked(),
                () -> router.page(
                        resolution.toSeal(Operation.PAGE, state == null ? null : state.position()), consistency));
        String token = page.token();
        Consistency later = Freshness.following(
                asked,
                Freshness.merged(token, consistency.token()),
                resolution.access().tenant());
        return new QueryAnswer(
                page.rows().stream()
                        .map(row -> shown(row, resolution.selection()))
                        .toList(),
                next(resolution, page, Freshness.merged(token, consistency.token())),
                resolution.selection().masked(),
                page.source(),
                page.lagMs(),
                page.consistency(),
                page.reason(),
                token,
                advised.run(resolution.asked(), () -> counts.of(resolution, page, later)));
    }

    /** The policies leave no row: known without any store, and as fresh as anything can be. */
    private static QueryAnswer nothing(Resolution resolution, Consistency consistency) {
        return new QueryAnswer(
                List.of(),
                null,
                resolution.selection().masked(),
                NO_SOURCE,
                0,
                consistency.level().wire(),
                PLAN_NONE,
                consistency.token(),
                resolution.client().query().page().count() == PageRequest.Count.NONE ? null : new Count(0, "exact"));
    }

    private @Nullable String next(Resolution resolution, PageAnswer page, @Nullable String token) {
        List<JsonNode> position = page.nextPosition();
        if (!page.hasMore() || position == null) {
            return null;
        }
        List<@Nullable Literal> values = new ArrayList<>(position.size());
        position.forEach(value -> values.add(FilterJson.literal(value)));
        return cursors.seal(resolution.cursorBinding(), values, token);
    }

    /** In the order asked for; a masked field is null, and what only carried the row is left out. */
    private static JsonNode shown(JsonNode row, Selection selection) {
        ObjectNode shown = JsonNodeFactory.instance.objectNode();
        for (String field : selection.shown()) {
            JsonNode value = selection.masked().contains(field) ? null : row.get(field);
            shown.set(field, value == null ? JsonNodeFactory.instance.nullNode() : value);
        }
        return shown;
    }
}
