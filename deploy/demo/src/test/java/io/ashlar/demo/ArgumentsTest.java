package io.ashlar.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ArgumentsTest {

    private static final List<String> VALUES = List.of("--file");
    private static final List<String> SWITCHES = List.of("--keep");

    @Test
    void readsValuesAndSwitches() {
        Arguments arguments = Arguments.of(List.of("--keep", "--file", "x.parquet"), VALUES, SWITCHES);

        assertEquals("x.parquet", arguments.value("--file").orElseThrow());
        assertTrue(arguments.has("--keep"));
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        Arguments.Wrong wrong =
                assertThrows(Arguments.Wrong.class, () -> Arguments.of(List.of("--fiel", "x"), VALUES, SWITCHES));

        assertEquals("no such option: --fiel", wrong.getMessage());
    }

    @Test
    void refusesAnOptionWithoutItsValue() {
        assertThrows(Arguments.Wrong.class, () -> Arguments.of(List.of("--file"), VALUES, SWITCHES));
    }
}
