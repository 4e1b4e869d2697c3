package io.ashlar.authz.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuditSpoolTest {

    private static final Duration WINDOW = Duration.ofMillis(300);

    @TempDir
    Path directory;

    private SpoolOptions options() {
        return new SpoolOptions(directory, 64 << 10, 3, Duration.ofMillis(20), WINDOW);
    }

    static SpoolRecord record(String body) {
        return new SpoolRecord(
                3,
                "key".getBytes(UTF_8),
                Map.of("ce_id", body.substring(0, Math.min(10, body.length()))),
                body.getBytes(UTF_8));
    }

    static String body(SpooledRecord record) {
        return new String(record.record().body(), UTF_8);
    }

    static List<String> drain(AuditSpool spool) throws InterruptedException {
        List<String> seen = new ArrayList<>();
        spool.endMerging();
        for (AuditSpool.Batch batch = spool.await(7, Duration.ZERO);
                batch != null;
                batch = spool.await(7, Duration.ZERO)) {
            batch.records().forEach(record -> seen.add(body(record)));
            spool.acknowledge(batch);
        }
        return seen;
    }

    @Test
    void givesBackWhatWasPutInInOrder() throws Exception {
        try (AuditSpool spool = AuditSpool.open(options())) {
            spool.append(record("a"));
            spool.append(record("b"));
            AuditSpool.Batch batch = spool.await(10, Duration.ZERO);
            assertThat(batch).isNotNull();
            SpooledRecord first = batch.records().get(0);
            assertThat(first.count()).isEqualTo(1);
            assertThat(first.first()).isEqualTo(first.last());
            assertThat(first.record().partition()).isEqualTo(3);
            assertThat(first.record().headers()).containsEntry("ce_id", "a");
            assertThat(first.record().key()).asString(UTF_8).isEqualTo("key");
            assertThat(batch.records()).extracting(AuditSpoolTest::body).containsExactly("a", "b");
        }
    }

    @Test
    void unacknowledgedRecordsComeAgainAfterReopening() throws Exception {
        try (AuditSpool spool = AuditSpool.open(options())) {
            spool.append(record("a"));
            spool.append(record("b"));
            AuditSpool.Batch first = spool.await(1, Duration.ZERO);
            assertThat(first).isNotNull();
            spool.acknowledge(first);
        }
        try (AuditSpool spool = AuditSpool.open(options())) {
            assertThat(drain(spool)).containsExactly("b");
        }
    }

    @Test
    void countsEqualRecordsWithinTheWindow() throws Exception {
        try (AuditSpool spool = AuditSpool.open(options())) {
            assertThat(spool.merge("k")).as("there is none yet").isFalse();
            for (int i = 0; i < 4; i++) {
                spool.append(record("same " + i), "k");
            }
            assertThat(spool.merge("k")).isTrue();
            spool.append(record("other"));
            assertThat(spool.await(10, Duration.ZERO)).as("the window is open").isNull();
            AuditSpool.Batch batch = spool.await(10, Duration.ofSeconds(10));
            assertThat(batch).isNotNull();
            assertThat(batch.records()).extracting(AuditSpoolTest::body).containsExactly("same 0", "other");
            SpooledRecord merged = batch.records().get(0);
            assertThat(merged.count()).isEqualTo(5);
            assertThat(merged.last()).isAfterOrEqualTo(merged.first());
            assertThat(spool.merge("k")).as("the window is over").isFalse();
            spool.append(record("later"), "k");
            assertThat(merged.count()).isEqualTo(5);
            spool.acknowledge(batch);
            assertThat(drain(spool)).containsExactly("later");
        }
    }

    @Test
    void neverMergesWithoutAKey() throws Exception {
        try (AuditSpool spool = AuditSpool.open(options())) {
            spool.append(record("deny"));
            spool.append(record("deny"));
            assertThat(drain(spool)).containsExactly("deny", "deny");
        }
    }

    @Test
    void refusesWhenFullAndGoesOnWhenThereIsRoom() throws Exception {
        try (AuditSpool spool = AuditSpool.open(options())) {
            SpoolRecord large = record("x".repeat(20_000));
            int taken = 0;
            try {
                for (; taken < 100; taken++) {
                    spool.append(large);
                }
            } catch (SpoolFullException e) {
                assertThat(e).hasMessageContaining("full");
            }
            assertThat(taken).isEqualTo(9);
            assertThat(spool.state().refused()).isEqualTo(1);
            assertThat(spool.state().fill()).isGreaterThan(0.8);
            assertThat(drain(spool)).hasSize(taken);
            spool.append(large);
            assertThat(drain(spool)).hasSize(1);
            try (Stream<Path> files = Files.list(directory)) {
                assertThat(files.filter(file -> file.toString().endsWith(".segment")))
                        .hasSizeLessThan(3);
            }
        }
    }

    @Test
    void whoMustNotWaitIsToldThatThereIsNoRoom() throws Exception {
        try (AuditSpool spool = AuditSpool.open(options())) {
            SpoolRecord large = record("x".repeat(20_000));
            int taken = 0;
            while (taken < 100 && spool.offer(large, null)) {
                taken++;
            }
            assertThat(taken).isEqualTo(9);
            assertThat(spool.offer(large, "k")).isFalse();
            assertThat(spool.merge("k"))
                    .as("what was not taken is not there to be counted up")
                    .isFalse();
            assertThat(spool.state().refused()).isZero();
            assertThat(drain(spool)).hasSize(taken);
            assertThat(spool.offer(large, null)).isTrue();
            assertThat(drain(spool)).hasSize(1);
        }
    }

    /** The reader is not woken for what lies behind an open window: it comes by itself when that closes. */
    @Test
    void whatLiesBehindAnOpenWindowIsReadWhenThatCloses() throws Exception {
        try (AuditSpool spool = AuditSpool.open(options());
                ExecutorService reader = Executors.newSingleThreadExecutor()) {
            Future<List<String>> read = reader.submit(() -> {
                List<String> seen = new ArrayList<>();
                while (seen.size() < 3) {
                    AuditSpool.Batch batch = spool.await(10, Duration.ofSeconds(30));
                    assertThat(batch).isNotNull();
                    batch.records().forEach(spooled -> seen.add(body(spooled)));
                    spool.acknowledge(batch);
                }
                return seen;
            });
            spool.append(record("open"), "k");
            spool.append(record("behind"));
            assertThat(spool.offer(record("last"), "other")).isTrue();
            assertThat(read.get(25, TimeUnit.SECONDS)).containsExactly("open", "behind", "last");
        }
    }

    @Test
    void onlyOneProcessAtATime() {
        try (AuditSpool spool = AuditSpool.open(options())) {
            assertThat(spool.state().backlogBytes()).isZero();
            assertThatThrownBy(() -> AuditSpool.open(options()))
                    .isInstanceOf(SpoolException.class)
                    .hasMessageContaining("another process");
        }
    }

    @Test
    void aRecordTooLargeForAFileIsAnError() {
        try (AuditSpool spool = AuditSpool.open(options())) {
            SpoolRecord huge = record("x".repeat(70_000));
            assertThatThrownBy(() -> spool.append(huge)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aDamagedRecordStopsTheStart() throws IOException {
        Path file;
        try (AuditSpool spool = AuditSpool.open(options())) {
            spool.append(record("precious"));
            try (Stream<Path> files = Files.list(directory)) {
                file = files.filter(found -> found.toString().endsWith(".segment"))
                        .findFirst()
                        .orElseThrow();
            }
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            assertThat(channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), 60)).isEqualTo(3);
        }
        assertThatThrownBy(() -> AuditSpool.open(options()))
                .isInstanceOf(SpoolException.class)
                .hasMessageContaining(file.getFileName().toString());
    }
}
