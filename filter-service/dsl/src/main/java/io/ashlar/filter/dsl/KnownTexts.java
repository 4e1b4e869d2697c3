package io.ashlar.filter.dsl;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Texts of statements by their shapes, in a table of fixed size: each shape has four places, and where all are taken a
 * newcomer takes one at random. So it can neither grow nor be wrong: who finds its place taken writes its text anew.
 * Thread-safe.
 */
final class KnownTexts {

    /** Characters. Few texts are longer, and those are mostly writing. */
    private static final int TEXT_MAX = 16 * 1_024;

    private static final int WAYS = 4;

    private final AtomicReferenceArray<@Nullable Known> places;

    /** @param capacity a power of two, at least four */
    KnownTexts(int capacity) {
        if (capacity < WAYS || Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException("a capacity of " + capacity);
        }
        this.places = new AtomicReferenceArray<>(capacity);
    }

    /** What all statements of a shape have in common. */
    record Known(Shape shape, String sql, Projection projection) {}

    @Nullable Known find(Shape shape) {
        int first = first(shape);
        for (int i = first; i < first + WAYS; i++) {
            Known known = places.get(i);
            if (known != null && known.shape().equals(shape)) {
                return known;
            }
        }
        return null;
    }

    void remember(Shape shape, String sql, Projection projection) {
        if (sql.length() > TEXT_MAX) {
            return;
        }
        int first = first(shape);
        int place = first + ThreadLocalRandom.current().nextInt(WAYS);
        for (int i = first; i < first + WAYS; i++) {
            if (places.get(i) == null) {
                place = i;
                break;
            }
        }
        places.set(place, new Known(shape.trimmed(), sql, projection));
    }

    /** How many are known. */
    int size() {
        int size = 0;
        for (int i = 0; i < places.length(); i++) {
            size += places.get(i) == null ? 0 : 1;
        }
        return size;
    }

    private int first(Shape shape) {
        int hash = shape.hashCode();
        return ((hash ^ (hash >>> 16)) * WAYS) & (places.length() - 1);
    }
}
