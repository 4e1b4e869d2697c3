package io.ashlar.filter.cursor;

import io.ashlar.filter.key.KeySet;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The keys of cursors, a {@link KeySet} of 32 bytes each: the first seals, all open. Immutable. */
public final class CursorKeys {

    private static final int KEY_BYTES = 32;

    private final KeySet set;
    private final Map<String, SecretKey> byKid = new LinkedHashMap<>();

    private CursorKeys(KeySet set) {
        this.set = set;
        set.ids().forEach(id -> byKid.put(id, new SecretKeySpec(set.secret(id), "AES")));
    }

    /** Misspelled, doubled or short keys are an {@link IllegalArgumentException} that names the key's id only. */
    public static CursorKeys parse(String text) {
        return new CursorKeys(KeySet.parse("cursor", text, KEY_BYTES, KEY_BYTES));
    }

    String activeKid() {
        return set.activeId();
    }

    @Nullable SecretKey key(String kid) {
        return byKid.get(kid);
    }

    /** Names the ids, never the keys. */
    @Override
    public String toString() {
        return "CursorKeys" + set.ids();
    }
}
