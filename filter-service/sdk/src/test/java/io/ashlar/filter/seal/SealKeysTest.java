package io.ashlar.filter.seal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SealKeysTest {

    private static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    @Test
    void theFirstKeySignsAndAllVerify() {
        SealKeys keys = SealKeys.parse("2026-11:" + KEY + ", 2026-10:" + KEY);
        assertEquals("2026-11", keys.activeId());
        assertTrue(keys.find("2026-10").isPresent());
        assertTrue(keys.find("2026-09").isEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|not of the form kid:base64",
                "k1|not of the form kid:base64",
                ":" + KEY + "|the id of seal key 1",
                "k 1:" + KEY + "|the id of seal key 1",
                "k1:AAEC|has 3 bytes",
                "k1:*secret*|is not base64",
                "k1:" + KEY + ",k1:" + KEY + "|given twice",
                "k1:" + KEY + ",|not of the form",
            })
    void aWrongKeyIsNamedButNotQuoted(String text, String message) {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> SealKeys.parse(text));
        assertTrue(refused.getMessage().contains(message), refused.getMessage());
        assertFalse(refused.getMessage().contains("*secret*"), refused.getMessage());
    }

    @Test
    void theTextOfKeysShowsIdsOnly() {
        assertEquals(
                "SealKeys[active=k1, ids=[k1]]", SealKeys.parse("k1:" + KEY).toString());
    }
}
