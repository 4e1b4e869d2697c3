package io.ashlar.filter.dsl;

import org.jspecify.annotations.Nullable;

/** Texts of statements by their shapes, in {@link Places}. Thread-safe. */
final class KnownTexts {

    /** Characters. Few texts are longer, and those are mostly writing. */
    private static final int TEXT_MAX = 16 * 1_024;

    private final Places<Shape, Known> places;

    /** @param capacity a power of two, at least four */
    KnownTexts(int capacity) {
        this.places = new Places<>(capacity);
    }

    /** What all statements of a shape have in common. */
    record Known(String sql, Projection projection) {}

    @Nullable Known find(Shape shape) {
        return places.find(shape);
    }

    void remember(Shape shape, String sql, Projection projection) {
        if (sql.length() <= TEXT_MAX) {
            places.put(shape.trimmed(), new Known(sql, projection));
        }
    }

    /** How many are known. */
    int size() {
        return places.size();
    }
}
