package io.ashlar.filter.segment;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.filter.dsl.FilterJson;

/** A segment as clients see it. */
final class SegmentView {

    private static final FilterJson FILTERS = new FilterJson();

    private SegmentView() {}

    static ObjectNode of(SavedSegment segment) {
        SegmentContent content = segment.content();
        ObjectNode view = JsonNodeFactory.instance.objectNode();
        view.put("id", segment.id().toString());
        view.put("dataset", segment.dataset());
        view.put("version", segment.version());
        view.put("owner", segment.owner());
        view.put("name", content.name());
        view.put("description", content.description());
        view.put("shared", content.shared().wire());
        view.set("filter", FILTERS.write(content.filter()));
        view.put("created_at", segment.createdAt().toString());
        view.put("updated_at", segment.updatedAt().toString());
        return view;
    }
}
