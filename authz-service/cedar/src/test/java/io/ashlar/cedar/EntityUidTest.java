package io.ashlar.cedar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EntityUidTest {

    @ParameterizedTest
    @CsvSource({
        "User, true",
        "Data::Flight, true",
        "_a::_b9, true",
        "'', false",
        "9a, false",
        "A:, false",
        "A::, false",
        "A:::B, false",
        "::A, false",
        "A::9, false",
        "A B, false",
        "Ä, false"
    })
    void knowsTypeNames(String text, boolean expected) {
        assertEquals(expected, EntityUid.isTypeName(text));
    }

    @Test
    void writesCedarsSpelling() {
        assertEquals("User::\"a\\\"b\\\\c\"", new EntityUid("User", "a\"b\\c").toString());
    }

    @Test
    void refusesWhatCannotBeNamed() {
        assertThrows(IllegalArgumentException.class, () -> new EntityUid("no type", "x"));
        assertThrows(IllegalArgumentException.class, () -> new EntityUid("User", "x".repeat(257)));
    }
}
