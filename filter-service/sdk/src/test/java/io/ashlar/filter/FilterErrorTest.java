package io.ashlar.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Codes and their statuses are frozen: a line may be added, never changed. */
final class FilterErrorTest {

    @Test
    void theVocabularyIsTheFrozenOne() throws IOException {
        String now = Arrays.stream(FilterError.values())
                .map(error -> error.code() + " " + error.status() + "\n")
                .sorted()
                .collect(Collectors.joining());
        try (InputStream in = FilterErrorTest.class.getResourceAsStream("errors.txt")) {
            assertNotNull(in, "errors.txt");
            assertEquals(new String(in.readAllBytes(), StandardCharsets.UTF_8), now);
        }
    }
}
