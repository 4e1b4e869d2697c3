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

    @Test
    void readsANumberWithinItsBounds() {
        List<String> seconds = List.of("--seconds");

        assertEquals(
                7, Arguments.of(List.of("--seconds", "7"), seconds, List.of()).number("--seconds", 60, 1, 90));
        assertEquals(60, Arguments.of(List.of(), seconds, List.of()).number("--seconds", 60, 1, 90));
        for (String wrong : List.of("0", "91", "many")) {
            Arguments typed = Arguments.of(List.of("--seconds", wrong), seconds, List.of());
            assertEquals(
                    "--seconds needs a whole number from 1 to 90, not " + wrong,
                    assertThrows(Arguments.Wrong.class, () -> typed.number("--seconds", 60, 1, 90))
                            .getMessage());
        }
    }
}
