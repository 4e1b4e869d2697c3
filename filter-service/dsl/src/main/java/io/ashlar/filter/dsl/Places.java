package io.ashlar.filter.dsl;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A table of fixed size: each key has four places, and where all are taken a newcomer takes one at random. So it can neither
 * grow nor be wrong: who finds its place taken does its work anew. Keys are compared whole. Thread-safe.
 */
final class Places<K, V> {

    private static final int WAYS = 4;

    private final AtomicReferenceArray<@Nullable Entry<K, V>> places;

    private record Entry<K, V>(K key, V value) {}

    /** @param capacity a power of two, at least four */
    Places(int capacity) {
        if (capacity < WAYS || Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException("a capacity of " + capacity);
        }
        this.places = new AtomicReferenceArray<>(capacity);
    }

    @Nullable V find(K key) {
        int first = first(key);
        for (int i = first; i < first + WAYS; i++) {
            Entry<K, V> entry = places.get(i);
            if (entry != null && entry.key().equals(key)) {
                return entry.value();
            }
        }
        return null;
    }

    void put(K key, V value) {
        int first = first(key);
        int place = first + ThreadLocalRandom.current().nextInt(WAYS);
        for (int i = first; i < first + WAYS; i++) {
            if (places.get(i) == null) {
                place = i;
                break;
            }
        }
        places.set(place, new Entry<>(key, value));
    }

    /** How many are taken. */
    int size() {
        int size = 0;
        for (int i = 0; i < places.length(); i++) {
            size += places.get(i) == null ? 0 : 1;
        }
        return size;
    }

    private int first(K key) {
        int hash = key.hashCode();
        return ((hash ^ (hash >>> 16)) * WAYS) & (places.length() - 1);
    }
}
