package io.ashlar.filter.dataset;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.filter.dsl.DatasetJson;
import io.ashlar.filter.dsl.Fault;
import java.util.List;

/** A dataset as clients see it: its canonical JSON, and beside a declaration's answer what to mind. */
final class DatasetView {

    private static final DatasetJson DATASETS = new DatasetJson();

    private DatasetView() {}

    static ObjectNode of(Stored stored) {
        return (ObjectNode) DATASETS.write(stored.dataset());
    }

    static ObjectNode of(Stored stored, List<Fault> warnings) {
        ObjectNode view = of(stored);
        ArrayNode array = view.putArray("warnings");
        warnings.forEach(warning -> array.addObject()
                .put("code", warning.code())
                .put("pointer", warning.pointer())
                .put("detail", warning.detail()));
        return view;
    }
}
