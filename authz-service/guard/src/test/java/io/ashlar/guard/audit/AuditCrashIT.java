package io.ashlar.guard.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ashlar.authz.audit.SpoolOptions;
import io.ashlar.ingest.audit.AuditEvent;
import io.ashlar.ingest.audit.AuditLog;
import io.ashlar.local.Stack.Server;
import io.ashlar.local.StackExtension;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * What was recorded is in the audit topic, once by its id, though the process was killed at full load
 * ({@code -Dashlar.audit.kills=100} for more than a build has time for), or Kafka was gone
 * ({@code -Dashlar.audit.outage=60}, seconds).
 */
final class AuditCrashIT {

    @RegisterExtension
    static final StackExtension STACK = StackExtension.of(Server.CONTROL, Server.KAFKA, Server.REDIS, Server.OIDC);

    private static final int KILLS = Integer.getInteger("ashlar.audit.kills", 5);
    private static final int OUTAGE_SECONDS = Integer.getInteger("ashlar.audit.outage", 5);
    private static final int RECORDED_PER_MILLI = 2;
    private static final int LIFE_MILLIS_MAX = 1_500;
    private static final Duration DELIVERY_MAX = Duration.ofMinutes(2);

    private final UUID tenant = UUID.randomUUID();
    private final String bootstrap = STACK.endpoints().kafkaBootstrap();

    @TempDir
    Path directory;

    @Test
    void killedAtFullLoadLosesNothing() throws Exception {
        long seed = Long.getLong("ashlar.audit.seed", System.nanoTime());
        Random random = new Random(seed);
        Set<String> recorded = new HashSet<>();
        try (AuditTopic topic = AuditTopic.of(bootstrap, tenant)) {
            for (int life = 0; life < KILLS; life++) {
                int before = recorded.size();
                runAndKill(life, 1 + random.nextInt(LIFE_MILLIS_MAX), recorded);
                assertThat(recorded.size()).as("life %s", life).isGreaterThan(before);
                if (life % 10 == 9) {
                    topic.readToEnd();
                }
            }
            try (AuditLog last = AuditVictim.open(directory.resolve("spool"), bootstrap)) {
                awaitEmpty(last);
            }
            topic.readToEnd();
            Map<String, List<AuditEvent>> found = topic.byResource();
            assertThat(recorded.stream().filter(id -> !found.containsKey(id)))
                    .as("lost; seed %s", seed)
                    .isEmpty();
            assertThat(recorded.stream()
                            .filter(id -> found.get(id).stream()
                                            .mapToLong(AuditEvent::count)
                                            .sum()
                                    != AuditVictim.decisions(id)))
                    .as("counted wrongly; seed %s", seed)
                    .isEmpty();
            // What a thread had recorded when it was killed, before it could say so.
            assertThat(found.keySet().stream().filter(id -> !recorded.contains(id)))
                    .hasSizeLessThanOrEqualTo(4 * KILLS);
            System.out.printf(
                    "audit: %d processes killed, %d decisions acknowledged, %d events, %d deliveries, none lost; seed %d%n",
                    KILLS, recorded.size(), topic.events(), topic.deliveries(), seed);
        }
    }

    private void runAndKill(int life, int millis, Set<String> recorded) throws Exception {
        Path errors = directory.resolve(life + ".err");
        Process victim = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx192m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AuditVictim.class.getName(),
                        directory.resolve("spool").toString(),
                        bootstrap,
                        tenant.toString(),
                        "life" + life)
                .redirectError(errors.toFile())
                .start();
        try (ScheduledExecutorService killer = Executors.newSingleThreadScheduledExecutor();
                BufferedReader lines = victim.inputReader(UTF_8)) {
            String line = lines.readLine();
            assertThat(line).as(Files.readString(errors)).isNotNull();
            // By handle: Process.destroyForcibly would close the pipe that is still to be read.
            ScheduledFuture<Boolean> kill =
                    killer.schedule(() -> victim.toHandle().destroyForcibly(), millis, TimeUnit.MILLISECONDS);
            while (line != null) {
                // The last line may have been cut off.
                if (line.matches("life\\d+-\\d-\\d+")) {
                    recorded.add(line);
                }
                line = lines.readLine();
            }
            assertThat(kill.get(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            victim.destroyForcibly();
        }
        assertThat(victim.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void kafkaGoneLosesNothing() throws InterruptedException {
        Queue<String> recorded = new ConcurrentLinkedQueue<>();
        AtomicInteger number = new AtomicInteger();
        SpoolOptions options = SpoolOptions.of(directory.resolve("spool"));
        try (AuditTopic topic = AuditTopic.of(bootstrap, tenant);
                ScheduledExecutorService load = Executors.newSingleThreadScheduledExecutor();
                AuditLog log = AuditLog.open("trial", options, Map.of("bootstrap.servers", bootstrap), DELIVERY_MAX)) {
            ScheduledFuture<?> running = load.scheduleAtFixedRate(
                    () -> {
                        for (int i = 0; i < RECORDED_PER_MILLI; i++) {
                            String id = "event-" + number.incrementAndGet();
                            log.record(AuditVictim.event(tenant, id, false));
                            recorded.add(id);
                        }
                    },
                    0,
                    1,
                    TimeUnit.MILLISECONDS);
            Awaitility.await().until(() -> recorded.size() > 1_000);
            STACK.stack().stop(Server.KAFKA);
            int before = recorded.size();
            int meanwhile = OUTAGE_SECONDS * 1_000 * RECORDED_PER_MILLI;
            try {
                Awaitility.await()
                        .atMost(Duration.ofSeconds(OUTAGE_SECONDS * 3L + 30))
                        .until(() -> recorded.size() - before >= meanwhile);
                assertThat(log.state().backlogBytes()).isGreaterThan(meanwhile * 100L);
            } finally {
                STACK.stack().start(Server.KAFKA);
            }
            assertThat(running.isDone()).as("nobody was refused").isFalse();
            assertThat(running.cancel(false)).isTrue();
            load.shutdown();
            assertThat(load.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
            awaitEmpty(log);
            topic.readToEnd();
            Map<String, List<AuditEvent>> found = topic.byResource();
            assertThat(recorded).allSatisfy(id -> assertThat(found.get(id)).hasSize(1));
            assertThat(found).hasSize(recorded.size());
            System.out.printf(
                    "audit: Kafka gone for %d s, %d decisions recorded meanwhile, %d in all, %d deliveries, none lost%n",
                    OUTAGE_SECONDS, meanwhile, recorded.size(), topic.deliveries());
        }
    }

    private static void awaitEmpty(AuditLog log) {
        Awaitility.await().atMost(DELIVERY_MAX).until(() -> log.state().backlogBytes() == 0);
    }
}
