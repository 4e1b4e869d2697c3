package io.ashlar.export.receipt;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What the golden files hold, and keys of tests only. */
final class Samples {

    /** RFC 8032, 7.1: the secret keys of tests 1 and 2. */
    static final String KEYS =
            "k2:nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A," + "k1:TM0Imyj_ltqdtsNG7BFODKEeB_aZhJcoV6RlUoWy4Qk";

    static final String CSV = "origin,delay\r\nSFO,12\r\n\"a\r\n\"\"b\"\"\",\r\n'=1+1,-3\r\n";

    private Samples() {}

    static Receipt receipt() {
        byte[] file = CSV.getBytes(StandardCharsets.UTF_8);
        byte[] first = Arrays.copyOfRange(file, 0, 20);
        byte[] second = Arrays.copyOfRange(file, 20, file.length);
        return new Receipt(
                UUID.fromString("0199d2a4-6c6b-7e5f-8a3d-2b1c0d9e8f70"),
                UUID.fromString("11111111-2222-3333-4444-555555555555"),
                "flights",
                "csv",
                "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                AsOf.RUN_TIME,
                3,
                file.length,
                List.of(new Part(1, first.length, Digests.of(first)), new Part(2, second.length, Digests.of(second))),
                Digests.of(file),
                Map.of("delay", "9"),
                List.of("distance"),
                4,
                7,
                List.of(new Fidelity("origin", Fidelity.FORMULA_GUARD, 1)),
                Instant.parse("2026-11-21T16:00:00.000001Z"));
    }
}
