package io.ashlar.filter.segment;

import io.ashlar.filter.dsl.Filter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a person writes of a segment.
 *
 * @param filter as it was written: names are looked up and dates are read when it is used
 */
record SegmentContent(String name, String description, Sharing shared, Filter filter) {

    /** The segments that the filter speaks of, without those inside them, each once. */
    List<UUID> uses() {
        return List.copyOf(used(filter));
    }

    /** The segments that a filter speaks of; ids that cannot be one are left out, since nothing is behind them. */
    static Set<UUID> used(Filter filter) {
        Set<UUID> found = new LinkedHashSet<>();
        collect(filter, found);
        return found;
    }

    private static void collect(Filter filter, Set<UUID> found) {
        switch (filter) {
            case Filter.All all -> {}
            case Filter.Condition condition -> {}
            case Filter.And(List<Filter> nodes) -> nodes.forEach(node -> collect(node, found));
            case Filter.Or(List<Filter> nodes) -> nodes.forEach(node -> collect(node, found));
            case Filter.Not(Filter node) -> collect(node, found);
            case Filter.Segment(String text) -> {
                UUID id = id(text);
                if (id != null) {
                    found.add(id);
                }
            }
        }
    }

    /** The id, if it is spelled as the service spells ids; {@link UUID#fromString} takes many more spellings. */
    static @Nullable UUID id(String text) {
        if (text.length() != 36) {
            return null;
        }
        try {
            UUID id = UUID.fromString(text);
            return id.toString().equals(text) ? id : null;
        } catch (IllegalArgumentException noId) {
            return null;
        }
    }
}
