package io.ashlar.filter.seal;

import io.ashlar.filter.key.KeySet;
import java.security.Key;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys that filter-service and the router share, a {@link KeySet}: the first signs, all verify. Immutable and thread-safe;
 * {@link #toString()} names key ids only.
 */
public final class SealKeys {

    /** The shortest key HS256 may have (RFC 7518, section 3.2), in bytes. */
    private static final int KEY_BYTES_MIN = 32;

    private static final int KEY_BYTES_MAX = 1024;

    private final KeySet set;
    private final Map<String, Key> keys = new LinkedHashMap<>();

    private SealKeys(KeySet set) {
        this.set = set;
        set.ids().forEach(id -> keys.put(id, new SecretKeySpec(set.secret(id), "HmacSHA256")));
    }

    /**
     * Reads {@code kid:base64,kid:base64}, the active key first.
     *
     * @throws IllegalArgumentException naming the key that is wrong, never its value
     */
    public static SealKeys parse(String text) {
        return new SealKeys(KeySet.parse("seal", text, KEY_BYTES_MIN, KEY_BYTES_MAX));
    }

    String activeId() {
        return set.activeId();
    }

    Key active() {
        return find(activeId()).orElseThrow();
    }

    Optional<Key> find(String id) {
        return Optional.ofNullable(keys.get(id));
    }

    @Override
    public String toString() {
        return "SealKeys" + set.ids();
    }
}
