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

    /** @param found the version, and the one before it if there is one */
    static ObjectNode of(List<DatasetStore.Version> found) {
        DatasetStore.Version version = found.getFirst();
        ObjectNode view = of(version.stored());
        declared(version, view);
        ArrayNode changes = view.putArray("changes");
        if (found.size() > 1) {
            Differences.of(found.get(1).stored().dataset(), version.stored().dataset())
                    .forEach(difference -> changes.addObject()
                            .put("code", difference.change().code())
                            .put("verdict", difference.change().verdict())
                            .put("pointer", difference.pointer())
                            .put("detail", difference.detail()));
        }
        return view;
    }

    /** Which version, by whom and when. */
    static void declared(DatasetStore.Version version, ObjectNode view) {
        view.put("version", version.stored().dataset().version());
        view.put("declared_by", version.declaredBy());
        view.put("declared_at", version.stored().declaredAt().toString());
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
