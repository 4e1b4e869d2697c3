package io.ashlar.filter.dataset;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.filter.cursor.CursorBinding;
import io.ashlar.filter.dsl.Literal;
import io.ashlar.filter.paging.Cursors;
import io.ashlar.filter.paging.PageLimit;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The versions of a dataset, the latest first, in pages. */
@Singleton
final class VersionPages {

    private final DatasetRegistry registry;
    private final Cursors cursors;

    VersionPages(DatasetRegistry registry, Cursors cursors) {
        this.registry = registry;
        this.cursors = cursors;
    }

    /** {@code {"versions":[{"version","declared_by","declared_at"}],"next_cursor":"…"}}. */
    ObjectNode page(UUID tenant, String name, @Nullable String limitText, @Nullable String cursor) {
        int limit = PageLimit.of(limitText);
        // No dataset can be called so: a cursor of the list opens for nothing else.
        CursorBinding binding = new CursorBinding(tenant, "/versions/" + name, 0, "");
        long before = cursor == null
                ? Long.MAX_VALUE
                : before(cursors.open(binding, cursor, "query:cursor").position());
        // One more than asked for tells whether there is another page.
        List<DatasetStore.Version> found = registry.versions(tenant, name, before, limit + 1);
        boolean more = found.size() > limit;
        List<DatasetStore.Version> shown = more ? found.subList(0, limit) : found;
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        ArrayNode versions = page.putArray("versions");
        shown.forEach(version -> DatasetView.declared(version, versions.addObject()));
        if (more) {
            long last = shown.getLast().stored().dataset().version();
            List<@Nullable Literal> position = List.of(new Literal.Number(BigDecimal.valueOf(last)));
            page.put("next_cursor", cursors.seal(binding, position, null));
        }
        return page;
    }

    private static long before(List<@Nullable Literal> position) {
        if (position.size() == 1 && position.getFirst() instanceof Literal.Number(BigDecimal version)) {
            return version.longValueExact();
        }
        throw new IllegalStateException("a cursor of the list holds no version");
    }
}
