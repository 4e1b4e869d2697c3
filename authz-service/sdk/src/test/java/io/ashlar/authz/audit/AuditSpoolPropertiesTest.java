package io.ashlar.authz.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is appended, read and reopened in whatever order: the spool is a queue. */
final class AuditSpoolPropertiesTest {

    /** Append a body of that many characters, or acknowledge a batch of -n records, or reopen (0). */
    @Provide
    Arbitrary<List<Integer>> steps() {
        return Arbitraries.integers().between(-5, 20_000).list().ofMaxSize(40);
    }

    @Property(tries = 60)
    void isAQueue(@ForAll("steps") List<Integer> steps) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("spool");
        SpoolOptions options = new SpoolOptions(directory, 64 << 10, 20, Duration.ZERO, Duration.ZERO);
        Deque<String> model = new ArrayDeque<>();
        AuditSpool spool = AuditSpool.open(options);
        try {
            int number = 0;
            for (int step : steps) {
                if (step > 0) {
                    String body = number++ + "x".repeat(step);
                    spool.append(AuditSpoolTest.record(body.substring(0, Math.min(body.length(), 16_000))));
                    model.addLast(body.substring(0, Math.min(body.length(), 16_000)));
                } else if (step == 0) {
                    spool.close();
                    spool = AuditSpool.open(options);
                } else {
                    AuditSpool.Batch batch = spool.await(-step, Duration.ZERO);
                    if (batch == null) {
                        assertThat(model).isEmpty();
                        continue;
                    }
                    for (SpooledRecord record : batch.records()) {
                        assertThat(AuditSpoolTest.body(record)).isEqualTo(model.removeFirst());
                    }
                    spool.acknowledge(batch);
                }
            }
            assertThat(AuditSpoolTest.drain(spool)).containsExactlyElementsOf(model);
        } finally {
            spool.close();
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
