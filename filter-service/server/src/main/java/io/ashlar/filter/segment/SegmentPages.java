package io.ashlar.filter.segment;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.filter.cursor.CursorBinding;
import io.ashlar.filter.dsl.Literal;
import io.ashlar.filter.paging.Cursors;
import io.ashlar.filter.paging.PageLimit;
import io.ashlar.guard.identity.Caller;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The list of the segments that a caller may use of a dataset, by name, in pages. */
@Singleton
final class SegmentPages {

    private static final UUID FIRST = new UUID(0, 0);

    private final SegmentRegistry registry;
    private final Cursors cursors;

    SegmentPages(SegmentRegistry registry, Cursors cursors) {
        this.registry = registry;
        this.cursors = cursors;
    }

    /** {@code {"segments":[…],"next_cursor":"…"}}. */
    ObjectNode page(Caller caller, String dataset, @Nullable String limitText, @Nullable String cursor) {
        int limit = PageLimit.of(limitText);
        // The subject is in it: what one may see says nothing about where another's page begins.
        CursorBinding binding = new CursorBinding(caller.requireTenant(), "/segments/" + dataset, 0, caller.subject());
        After after = cursor == null
                ? new After("", FIRST)
                : After.of(cursors.open(binding, cursor, "query:cursor").position());
        // One more than asked for tells whether there is another page.
        List<SavedSegment> found = registry.page(caller, dataset, after.name(), after.id(), limit + 1);
        boolean more = found.size() > limit;
        List<SavedSegment> shown = more ? found.subList(0, limit) : found;
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        ArrayNode segments = page.putArray("segments");
        shown.forEach(segment -> segments.add(SegmentView.of(segment)));
        if (more) {
            SavedSegment last = shown.getLast();
            List<@Nullable Literal> position = List.of(
                    Literal.of(last.content().name()), Literal.of(last.id().toString()));
            page.put("next_cursor", cursors.seal(binding, position, null));
        }
        return page;
    }

    private record After(String name, UUID id) {

        static After of(List<@Nullable Literal> position) {
            if (position.size() == 2
                    && position.getFirst() instanceof Literal.Text(String name)
                    && position.getLast() instanceof Literal.Text(String id)) {
                return new After(name, UUID.fromString(id));
            }
            throw new IllegalStateException("a cursor of the list holds no name and id");
        }
    }
}
