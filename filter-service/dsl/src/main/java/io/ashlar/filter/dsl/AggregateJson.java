package io.ashlar.filter.dsl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The canonical JSON of an aggregate as a client may write it: every member said, in one order. */
final class AggregateJson {

    private static final FilterJson FILTERS = new FilterJson();

    private AggregateJson() {}

    static JsonNode write(Aggregate aggregate) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        var groups = node.putArray("group_by");
        for (Aggregate.Group group : aggregate.groupBy()) {
            ObjectNode written = groups.addObject().put("field", group.field());
            if (group.bucket() != null) {
                written.put("bucket", group.bucket().wire());
            }
            written.put("as", group.as());
        }
        var measures = node.putArray("measures");
        for (Aggregate.Measure measure : aggregate.measures()) {
            ObjectNode written = measures.addObject().put("fn", measure.fn().wire());
            if (measure.field() != null) {
                written.put("field", measure.field());
            }
            if (measure.p() != null) {
                written.put("p", measure.p());
            }
            written.put("as", measure.as());
        }
        node.set("having", FILTERS.write(aggregate.having()));
        return node;
    }
}
