package io.ashlar.filter.dsl;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * The canonical JSON of a query, without its page: what two requests have in common that are pages of one. {@link QueryReader}
 * takes it, and reads the same query. Thread-safe.
 */
public final class QueryJson {

    private static final FilterJson FILTERS = new FilterJson();

    private QueryJson() {}

    public static ObjectNode write(Query query) {
        if (!(query.filter() instanceof Filter.And(List<Filter> nodes))) {
            return hashed(query);
        }
        // What all of holds is a list, as most write it: no level deeper than it was asked.
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ArrayNode filters = node.putArray("filters");
        nodes.forEach(filter -> filters.add(FILTERS.write(filter)));
        return rest(query, node);
    }

    /** What {@link QueryHash} is made of, for ever: with its filter as one node. */
    static ObjectNode hashed(Query query) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.set("filters", FILTERS.write(query.filter()));
        return rest(query, node);
    }

    private static ObjectNode rest(Query query, ObjectNode node) {
        var sort = node.putArray("sort");
        for (SortKey key : query.sort()) {
            ObjectNode written = sort.addObject()
                    .put("field", key.field())
                    .put("dir", key.dir().wire())
                    .put("nulls", key.nulls().wire());
            if (key.rank() != null) {
                written.put("rank", key.rank());
            }
        }
        query.fields().forEach(node.putArray("fields")::add);
        node.put("tz", query.tz());
        Aggregate aggregate = query.aggregate();
        if (aggregate != null) {
            node.set("aggregate", AggregateJson.write(aggregate));
        }
        return node;
    }
}
