package io.ashlar.filter.dsl;

import java.util.AbstractSet;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names of a dataset's fields that a caller may see. Listed only where a fault suggests one of them. Not thread-safe;
 * for one check.
 */
final class VisibleNames extends AbstractSet<String> {

    private final Dataset dataset;
    private final Set<String> visible;
    private @Nullable Set<String> listed;

    VisibleNames(Dataset dataset, Set<String> visible) {
        this.dataset = dataset;
        this.visible = visible;
    }

    @Override
    public boolean contains(@Nullable Object name) {
        return name instanceof String wanted && visible.contains(wanted) && dataset.field(wanted) != null;
    }

    @Override
    public Iterator<String> iterator() {
        return listed().iterator();
    }

    @Override
    public int size() {
        return listed().size();
    }

    private Set<String> listed() {
        Set<String> names = listed;
        if (names == null) {
            names = HashSet.newHashSet(dataset.fields().size());
            for (Field field : dataset.fields()) {
                if (visible.contains(field.name())) {
                    names.add(field.name());
                }
            }
            listed = names;
        }
        return names;
    }
}
