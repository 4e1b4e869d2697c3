package io.ashlar.filter.cursor;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The keys of cursors: the first seals, all open. Written {@code kid:base64,kid:base64}, 32 bytes each. Rotate by
 * putting a new key in front and dropping the old one when its last cursor has expired. Immutable.
 */
public final class CursorKeys {

    private static final int KEY_BYTES = 32;
    private static final int MAX_KID = 32;

    private final String activeKid;
    private final Map<String, SecretKey> byKid;

    private CursorKeys(String activeKid, Map<String, SecretKey> byKid) {
        this.activeKid = activeKid;
        this.byKid = byKid;
    }

    /** Misspelled, doubled or short keys are an {@link IllegalArgumentException} that names the key's id only. */
    public static CursorKeys parse(String text) {
        Map<String, SecretKey> keys = new LinkedHashMap<>();
        String first = null;
        for (String part : text.split(",", -1)) {
            String entry = part.strip();
            int colon = entry.indexOf(':');
            String kid = colon < 0 ? "" : entry.substring(0, colon);
            if (!isKid(kid)) {
                throw new IllegalArgumentException(
                        "a cursor key is written kid:base64, kid of letters, digits, - and _");
            }
            byte[] bytes = decode(kid, entry.substring(colon + 1));
            if (keys.put(kid, new SecretKeySpec(bytes, "AES")) != null) {
                throw new IllegalArgumentException("two cursor keys with the id " + kid);
            }
            first = first == null ? kid : first;
        }
        if (first == null) {
            throw new IllegalArgumentException("no cursor key");
        }
        return new CursorKeys(first, keys);
    }

    String activeKid() {
        return activeKid;
    }

    @Nullable SecretKey key(String kid) {
        return byKid.get(kid);
    }

    static boolean isKid(String kid) {
        return !kid.isEmpty()
                && kid.length() <= MAX_KID
                && kid.chars()
                        .allMatch(c -> (c >= 'a' && c <= 'z')
                                || (c >= 'A' && c <= 'Z')
                                || (c >= '0' && c <= '9')
                                || c == '-'
                                || c == '_');
    }

    /** Names the ids, never the keys. */
    @Override
    public String toString() {
        return "CursorKeys" + byKid.keySet();
    }

    private static byte[] decode(String kid, String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64.strip());
        } catch (IllegalArgumentException notBase64) {
            throw new IllegalArgumentException("the cursor key " + kid + " is not base64", notBase64);
        }
        if (bytes.length != KEY_BYTES) {
            throw new IllegalArgumentException("the cursor key " + kid + " does not have " + KEY_BYTES + " bytes");
        }
        return bytes;
    }
}
