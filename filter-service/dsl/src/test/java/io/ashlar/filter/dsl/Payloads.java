package io.ashlar.filter.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;

/** fuzzdb's SQL injection payloads (CC BY 3.0, fuzzdb-project/fuzzdb), which are not part of this repository. */
final class Payloads {

    private Payloads() {}

    /** All of them; the test is skipped, loudly, where they are not at hand. */
    static List<String> all() throws IOException {
        List<String> payloads = Files.readAllLines(
                        SharedData.require("conformance/injection/fuzzdb-sql.txt"), StandardCharsets.ISO_8859_1)
                .stream()
                .filter(line -> !line.isEmpty())
                .toList();
        assertThat(payloads).hasSizeGreaterThan(500);
        return payloads;
    }
}
