package io.ashlar.kubernetes.values;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One key of values.yaml: a group of others, or a value.
 *
 * @param text of the comment above it, without its constraints
 * @param constraint in that comment
 * @param fallback the default, as YAML reads it
 * @param children of a group, in their order
 */
record Value(
        String text,
        Optional<Constraint> constraint,
        @Nullable Object fallback,
        Map<String, Value> children) {

    Value {
        children = new LinkedHashMap<>(children);
    }

    boolean group() {
        return !children.isEmpty();
    }

    /** This one with what another says differently: its text, its default, its further keys. */
    Value overlaid(Value over) {
        Map<String, Value> merged = new LinkedHashMap<>(children);
        Optional<Constraint> both = over.constraint.or(() -> constraint);
        if (both.filter(Constraint::closesGroup).isEmpty()) {
            over.children.forEach((name, value) -> merged.merge(name, value, Value::overlaid));
        }
        return new Value(over.text.isEmpty() ? text : over.text, both, laidOver(fallback, over.fallback), merged);
    }

    /** As Helm lays defaults over each other. */
    private static @Nullable Object laidOver(@Nullable Object below, @Nullable Object above) {
        if (below instanceof Map<?, ?> under && above instanceof Map<?, ?> over) {
            Map<Object, @Nullable Object> merged = new LinkedHashMap<>(under);
            over.forEach((key, value) -> merged.put(key, laidOver(merged.get(key), value)));
            return merged;
        }
        return above == null ? below : above;
    }

    /** The value below this one. */
    Value child(String name) {
        Value child = children.get(name);
        if (child == null) {
            throw new IllegalArgumentException("there is no " + name);
        }
        return child;
    }
}
