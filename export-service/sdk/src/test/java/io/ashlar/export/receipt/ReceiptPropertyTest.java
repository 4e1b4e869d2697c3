package io.ashlar.export.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Any file, however it is cut into parts, verifies; with any one byte altered it does not. */
class ReceiptPropertyTest {

    private static final ReceiptKeys KEYS = ReceiptKeys.parse(Samples.KEYS);

    @Property(tries = 200)
    void anyFileAnyCutAnyAlteration(
            @ForAll @Size(min = 1, max = 400) byte[] file,
            @ForAll @IntRange(min = 1, max = 97) int partBytes,
            @ForAll @IntRange(min = 0, max = 399) int position)
            throws IOException {
        String receipt = KEYS.sign(receipt(file, partBytes));
        Path path = Files.createTempFile("receipt", ".bin");
        try {
            Files.write(path, file);
            assertThat(ReceiptVerifier.verify(path, receipt, KEYS.jwks())).isInstanceOf(Verdict.Genuine.class);
            file[position % file.length] ^= 1;
            Files.write(path, file);
            assertThat(ReceiptVerifier.verify(path, receipt, KEYS.jwks())).isInstanceOf(Verdict.Different.class);
        } finally {
            Files.delete(path);
        }
    }

    private static Receipt receipt(byte[] file, int partBytes) {
        List<Part> parts = new ArrayList<>();
        for (int from = 0; from < file.length; from += partBytes) {
            byte[] part = Arrays.copyOfRange(file, from, Math.min(file.length, from + partBytes));
            parts.add(new Part(parts.size() + 1, part.length, Digests.of(part)));
        }
        return new Receipt(
                new UUID(1, 2),
                new UUID(3, 4),
                "s",
                "jsonl",
                Digests.of(file),
                AsOf.RUN_TIME,
                0,
                file.length,
                parts,
                Digests.of(file),
                Map.of(),
                List.of(),
                1,
                1,
                List.of(),
                Instant.EPOCH);
    }
}
