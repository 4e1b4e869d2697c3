package io.ashlar.filter.seal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class SealKeysTest {

    private static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    @Test
    void theFirstKeySignsAndAllVerify() {
        SealKeys keys = SealKeys.parse("2026-11:" + KEY + ", 2026-10:" + KEY);
        assertEquals("2026-11", keys.activeId());
        assertTrue(keys.find("2026-10").isPresent());
        assertTrue(keys.find("2026-09").isEmpty());
    }

    /** How a key set is written is {@code KeySetTest}'s; here, how long a key must be. */
    @Test
    void aShortKeyIsNamedButNotQuoted() {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> SealKeys.parse("k1:AAEC"));
        assertEquals("seal key k1 has 3 bytes; at least 32 are needed", refused.getMessage());
    }

    @Test
    void theTextOfKeysShowsIdsOnly() {
        assertEquals("SealKeys[k1]", SealKeys.parse("k1:" + KEY).toString());
    }
}
