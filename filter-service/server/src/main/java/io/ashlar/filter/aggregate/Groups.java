package io.ashlar.filter.aggregate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.authz.call.Consistency;
import io.ashlar.filter.advice.Advised;
import io.ashlar.filter.client.GroupsAnswer;
import io.ashlar.filter.cursor.CursorState;
import io.ashlar.filter.dsl.CheckedAggregate;
import io.ashlar.filter.dsl.Field;
import io.ashlar.filter.dsl.FilterJson;
import io.ashlar.filter.dsl.Interpreter;
import io.ashlar.filter.dsl.Literal;
import io.ashlar.filter.dsl.RowValues;
import io.ashlar.filter.paging.Cursors;
import io.ashlar.filter.peer.SealedCalls;
import io.ashlar.filter.query.Freshness;
import io.ashlar.filter.query.Grouping;
import io.ashlar.router.client.AggregateAnswer;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Pages of groups. Blocking: asks the router. Thread-safe. */
@Singleton
final class Groups {

    private static final String CURSOR_POINTER = "/page/cursor";
    private static final String NO_SOURCE = "none";
    private static final String PLAN_NONE = "plan_none";

    private final SealedCalls router;
    private final Cursors cursors;
    private final Advised advised;

    Groups(SealedCalls router, Cursors cursors, Advised advised) {
        this.router = router;
        this.cursors = cursors;
        this.advised = advised;
    }

    /** The page that the query's cursor names, or the first one. */
    GroupsAnswer page(Grouping grouping, Consistency asked) {
        String cursor = grouping.checked().cursor();
        CursorState state = cursor == null ? null : cursors.open(grouping.cursorBinding(), cursor, CURSOR_POINTER);
        @Nullable String held = state == null ? null : state.token();
        Consistency consistency =
                Freshness.following(asked, held, grouping.access().tenant());
        if (grouping.access().nothing()) {
            return nothing(grouping, consistency);
        }
        AggregateAnswer page = advised.run(
                grouping.asked(),
                () -> router.aggregate(grouping.toSeal(state == null ? null : state.position()), consistency));
        String token = page.token();
        return new GroupsAnswer(
                page.rows(),
                next(grouping, page, Freshness.merged(token, consistency.token())),
                page.source(),
                page.lagMs(),
                page.consistency(),
                page.reason(),
                token);
    }

    /** The policies leave no row. Of no rows, there is still one group where nothing is grouped by: a count of zero. */
    private static GroupsAnswer nothing(Grouping grouping, Consistency consistency) {
        CheckedAggregate checked = grouping.checked();
        boolean first = checked.cursor() == null;
        List<Map<String, @Nullable Object>> groups =
                first ? new Interpreter().aggregate(checked, grouping.access().dataset(), List.of()) : List.of();
        return new GroupsAnswer(
                groups.stream().map(group -> written(group, checked)).toList(),
                null,
                NO_SOURCE,
                0,
                consistency.level().wire(),
                PLAN_NONE,
                consistency.token());
    }

    private static JsonNode written(Map<String, @Nullable Object> group, CheckedAggregate checked) {
        ObjectNode written = JsonNodeFactory.instance.objectNode();
        for (Field output : checked.outputs()) {
            Literal value = RowValues.literal(output.type(), group.get(output.name()));
            written.set(output.name(), value == null ? JsonNodeFactory.instance.nullNode() : FilterJson.write(value));
        }
        return written;
    }

    private @Nullable String next(Grouping grouping, AggregateAnswer page, @Nullable String token) {
        List<JsonNode> position = page.nextPosition();
        if (!page.hasMore() || position == null) {
            return null;
        }
        List<@Nullable Literal> values = new ArrayList<>(position.size());
        position.forEach(value -> values.add(FilterJson.literal(value)));
        return cursors.seal(grouping.cursorBinding(), values, token);
    }
}
