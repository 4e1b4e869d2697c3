package io.ashlar.authz.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every record that {@code append} returned for is delivered, though the process that took it was killed three times. */
final class AuditSpoolKillTest {

    private static final int LINES_BEFORE_KILL = 20_000;

    @TempDir
    Path directory;

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void survivesKill() throws Exception {
        Set<String> taken = new HashSet<>();
        for (int life = 0; life < 3; life++) {
            runAndKill("life" + life, taken);
        }
        assertThat(taken).hasSizeGreaterThan(3 * LINES_BEFORE_KILL - 3);
        try (AuditSpool spool = AuditSpool.open(SpoolVictim.options(directory));
                AuditSink sink = new SpoolVictim.FileSink(directory.resolve("delivered"))) {
            for (AuditSpool.Batch batch = spool.await(500, Duration.ZERO);
                    batch != null;
                    batch = spool.await(500, Duration.ZERO)) {
                sink.deliver(batch.records());
                spool.acknowledge(batch);
            }
        }
        Map<String, Long> counts = new HashMap<>();
        for (String line : Files.readAllLines(directory.resolve("delivered"), UTF_8)) {
            List<String> words = List.of(line.split(" ", -1));
            counts.merge(words.get(0), Long.parseLong(words.get(1)), Math::max);
        }
        Set<String> lost = new HashSet<>(taken);
        lost.removeAll(counts.keySet());
        assertThat(lost).isEmpty();
        assertThat(taken.stream()
                        .filter(id -> Integer.parseInt(id.substring(id.lastIndexOf('-') + 1)) % 3 == 0)
                        .filter(id -> !counts.containsKey(id + "m")))
                .as("merged records are kept")
                .isEmpty();
    }

    private void runAndKill(String name, Set<String> taken) throws IOException, InterruptedException {
        Process victim = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SpoolVictim.class.getName(),
                        directory.toString(),
                        name)
                .redirectError(directory.resolve(name + ".err").toFile())
                .start();
        try (BufferedReader lines = victim.inputReader(UTF_8)) {
            int read = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.matches(name + "-\\d-\\d+")) {
                    taken.add(line);
                }
                if (++read == LINES_BEFORE_KILL) {
                    // By handle: Process.destroyForcibly would close the pipe that is still to be read.
                    assertThat(victim.toHandle().destroyForcibly()).isTrue();
                }
            }
            assertThat(read)
                    .as(Files.readString(directory.resolve(name + ".err")))
                    .isGreaterThanOrEqualTo(LINES_BEFORE_KILL);
        } finally {
            victim.destroyForcibly();
        }
        assertThat(victim.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
}
