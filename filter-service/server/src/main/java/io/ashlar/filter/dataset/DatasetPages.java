package io.ashlar.filter.dataset;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.filter.cursor.CursorBinding;
import io.ashlar.filter.dsl.Literal;
import io.ashlar.filter.paging.Cursors;
import io.ashlar.filter.paging.PageLimit;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The list of a tenant's datasets, by name, in pages. */
@Singleton
final class DatasetPages {

    /** No dataset can be called so: a cursor of the list opens for no query, and the other way round. */
    private static final String LIST = "/datasets";

    private final DatasetRegistry registry;
    private final Cursors cursors;

    DatasetPages(DatasetRegistry registry, Cursors cursors) {
        this.registry = registry;
        this.cursors = cursors;
    }

    /** {@code {"datasets":[…],"next_cursor":"…"}}. */
    ObjectNode page(UUID tenant, @Nullable String limitText, @Nullable String cursor) {
        int limit = PageLimit.of(limitText);
        CursorBinding binding = new CursorBinding(tenant, LIST, 0, "");
        String after = cursor == null
                ? ""
                : after(cursors.open(binding, cursor, "query:cursor").position());
        // One more than asked for tells whether there is another page.
        List<Stored> found = registry.page(tenant, after, limit + 1);
        boolean more = found.size() > limit;
        List<Stored> shown = more ? found.subList(0, limit) : found;
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        ArrayNode datasets = page.putArray("datasets");
        shown.forEach(stored -> datasets.add(DatasetView.of(stored)));
        if (more) {
            Literal last = Literal.of(shown.getLast().dataset().name());
            page.put("next_cursor", cursors.seal(binding, List.of(last), null));
        }
        return page;
    }

    private static String after(List<@Nullable Literal> position) {
        if (position.size() == 1 && position.getFirst() instanceof Literal.Text(String name)) {
            return name;
        }
        throw new IllegalStateException("a cursor of the list holds no name");
    }
}
