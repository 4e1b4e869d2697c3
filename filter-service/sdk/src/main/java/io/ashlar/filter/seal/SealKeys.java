package io.ashlar.filter.seal;

import java.security.Key;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys that filter-service and the router share: the first signs, all verify, so that a key is rotated by putting the
 * new one behind the old on every pod, then in front. Immutable and thread-safe; {@link #toString()} names key ids only.
 */
public final class SealKeys {

    /** The shortest key HS256 may have (RFC 7518, section 3.2), in bytes. */
    public static final int KEY_BYTES_MIN = 32;

    /** More keys than a rotation ever needs. */
    public static final int KEYS_MAX = 8;

    private static final Pattern KEY_ID = Pattern.compile("[A-Za-z0-9_-]{1,32}");

    private final String activeId;
    private final Map<String, Key> keys;

    private SealKeys(String activeId, Map<String, Key> keys) {
        this.activeId = activeId;
        this.keys = Map.copyOf(keys);
    }

    /**
     * Reads {@code kid:base64,kid:base64}, the active key first.
     *
     * @throws IllegalArgumentException naming the key that is wrong, never its value
     */
    public static SealKeys parse(String text) {
        Map<String, Key> keys = new LinkedHashMap<>();
        String active = "";
        for (String entry : text.split(",", -1)) {
            int colon = entry.indexOf(':');
            if (colon < 0) {
                throw new IllegalArgumentException("seal key " + (keys.size() + 1) + " is not of the form kid:base64");
            }
            String id = entry.substring(0, colon).strip();
            if (!KEY_ID.matcher(id).matches()) {
                throw new IllegalArgumentException(
                        "the id of seal key " + (keys.size() + 1) + " is not of the form " + KEY_ID.pattern());
            }
            if (keys.put(id, key(id, entry.substring(colon + 1).strip())) != null) {
                throw new IllegalArgumentException("seal key " + id + " is given twice");
            }
            if (keys.size() > KEYS_MAX) {
                throw new IllegalArgumentException("more than " + KEYS_MAX + " seal keys");
            }
            if (active.isEmpty()) {
                active = id;
            }
        }
        return new SealKeys(active, keys);
    }

    String activeId() {
        return activeId;
    }

    Key active() {
        return find(activeId).orElseThrow();
    }

    Optional<Key> find(String id) {
        return Optional.ofNullable(keys.get(id));
    }

    @Override
    public String toString() {
        return "SealKeys[active=" + activeId + ", ids="
                + keys.keySet().stream().sorted().toList() + "]";
    }

    private static Key key(String id, String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException malformed) {
            // The decoder's own message may quote the key.
            throw new IllegalArgumentException("seal key " + id + " is not base64");
        }
        if (bytes.length < KEY_BYTES_MIN) {
            throw new IllegalArgumentException(
                    "seal key " + id + " has " + bytes.length + " bytes; at least " + KEY_BYTES_MIN + " are needed");
        }
        return new SecretKeySpec(bytes, "HmacSHA256");
    }
}
