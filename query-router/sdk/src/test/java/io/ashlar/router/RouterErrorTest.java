package io.ashlar.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Codes and statuses are a contract: added to, never renamed. */
class RouterErrorTest {

    @Test
    void codesAreFrozen() throws IOException {
        String actual = Arrays.stream(RouterError.values())
                .map(error -> error.status() + " " + error.code())
                .sorted()
                .collect(Collectors.joining("\n", "", "\n"));
        try (InputStream in = RouterErrorTest.class.getResourceAsStream("/golden/router-errors.txt")) {
            assertThat(actual).isEqualTo(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
