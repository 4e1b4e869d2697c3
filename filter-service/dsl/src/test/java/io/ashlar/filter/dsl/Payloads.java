package io.ashlar.filter.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** fuzzdb's SQL injection payloads (CC BY 3.0, fuzzdb-project/fuzzdb), which are not part of this repository. */
final class Payloads {

    private Payloads() {}

    /** All of them; the test is skipped, loudly, where they are not at hand. */
    static List<String> all() throws IOException {
        Path root = Path.of(System.getProperty("ashlar.root", "../.."));
        String shared = Optional.ofNullable(System.getProperty("ashlar.shared"))
                .or(() -> Optional.ofNullable(System.getenv("ASHLAR_SHARED")))
                .orElse("../shared");
        Path file = root.resolve(shared).resolve("conformance/injection/fuzzdb-sql.txt");
        if (!Files.isReadable(file)) {
            System.err.println("SKIPPED: no injection payloads at " + file + "; set ASHLAR_SHARED");
        }
        assumeTrue(Files.isReadable(file), "no injection payloads");
        List<String> payloads = Files.readAllLines(file, StandardCharsets.ISO_8859_1).stream()
                .filter(line -> !line.isEmpty())
                .toList();
        assertThat(payloads).hasSizeGreaterThan(500);
        return payloads;
    }
}
