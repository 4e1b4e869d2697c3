package io.ashlar.filter.key;

import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A set of secret keys: the first is the active one, the others still open or verify what they made. Rotate by putting a new key
 * behind the active one everywhere, then in front, and drop the old one when nothing of it is in use any more.
 *
 * <p>Written {@code kid:base64,kid:base64}: a {@code kid} is 1 to 64 of {@code A-Z a-z 0-9 - _}; base64 is of either alphabet of
 * RFC 4648, padded or not, so that {@code openssl rand -base64 32} makes a key; spaces around a part do not count; at most 8 keys.
 * The cases in {@code key-sets.json} are frozen. Immutable; {@link #toString()} and every refusal name ids only.
 */
public final class KeySet {

    /** More keys than a rotation ever needs. */
    public static final int KEYS_MAX = 8;

    private static final Pattern KEY_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private final Map<String, byte[]> secretById;

    private KeySet(Map<String, byte[]> secretById) {
        this.secretById = secretById;
    }

    /**
     * Reads the written form.
     *
     * @param name what the keys are for, as refusals say it: {@code seal}
     * @param bytesMin the shortest a key may be
     * @param bytesMax the longest
     * @throws IllegalArgumentException naming the key that is wrong, never its value
     */
    public static KeySet parse(String name, String text, int bytesMin, int bytesMax) {
        Map<String, byte[]> secrets = new LinkedHashMap<>();
        for (String entry : text.split(",", -1)) {
            int colon = entry.indexOf(':');
            if (colon < 0) {
                throw new IllegalArgumentException(
                        name + " key " + (secrets.size() + 1) + " is not of the form kid:base64");
            }
            String id = entry.substring(0, colon).strip();
            if (!isId(id)) {
                throw new IllegalArgumentException("the id of " + name + " key " + (secrets.size() + 1)
                        + " is not of the form " + KEY_ID.pattern());
            }
            if (secrets.containsKey(id)) {
                throw new IllegalArgumentException(name + " key " + id + " is given twice");
            }
            if (secrets.size() == KEYS_MAX) {
                throw new IllegalArgumentException("more than " + KEYS_MAX + " " + name + " keys");
            }
            secrets.put(
                    id, secret(name + " key " + id, entry.substring(colon + 1).strip(), bytesMin, bytesMax));
        }
        return new KeySet(secrets);
    }

    /** Whether a text could be a key's id. */
    public static boolean isId(String text) {
        return KEY_ID.matcher(text).matches();
    }

    /** All ids, the active one first. */
    public List<String> ids() {
        return List.copyOf(secretById.keySet());
    }

    public String activeId() {
        return ids().getFirst();
    }

    /**
     * A key's bytes, as a copy.
     *
     * @throws IllegalArgumentException if it is none of {@link #ids()}
     */
    public byte[] secret(String id) {
        byte[] secret = secretById.get(id);
        if (secret == null) {
            throw new IllegalArgumentException("no key " + id);
        }
        return secret.clone();
    }

    @Override
    public String toString() {
        return "KeySet" + ids();
    }

    private static byte[] secret(String name, String base64, int bytesMin, int bytesMax) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64.replace('-', '+').replace('_', '/'));
        } catch (IllegalArgumentException malformed) {
            // The decoder's own message may quote the key.
            throw new IllegalArgumentException(name + " is not base64");
        }
        if (bytes.length < bytesMin || bytes.length > bytesMax) {
            Arrays.fill(bytes, (byte) 0);
            throw new IllegalArgumentException(
                    name + " has " + bytes.length + " bytes; " + wanted(bytes.length, bytesMin, bytesMax));
        }
        return bytes;
    }

    private static String wanted(int length, int bytesMin, int bytesMax) {
        if (bytesMin == bytesMax) {
            return bytesMin + " are needed";
        }
        return length < bytesMin ? "at least " + bytesMin + " are needed" : "at most " + bytesMax + " are allowed";
    }
}
