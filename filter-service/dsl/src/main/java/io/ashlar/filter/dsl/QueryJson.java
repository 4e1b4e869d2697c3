package io.ashlar.filter.dsl;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The canonical JSON of a query, without its page: what two requests have in common that are pages of one. {@link QueryReader}
 * takes it, and reads the same query. Thread-safe.
 */
public final class QueryJson {

    private static final FilterJson FILTERS = new FilterJson();

    private QueryJson() {}

    public static ObjectNode write(Query query) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.set("filters", FILTERS.write(query.filter()));
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
