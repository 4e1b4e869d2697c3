package io.ashlar.export.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agroal.api.AgroalDataSource;
import io.ashlar.export.app.QueueDatabase;
import io.ashlar.local.Stack.Server;
import io.ashlar.local.StackExtension;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The queue on a real PostgreSQL. */
class JobQueueIT {

    @RegisterExtension
    static final StackExtension STACK =
            StackExtension.of(Server.CONTROL, Server.KAFKA, Server.REDIS, Server.S3, Server.OIDC);

    private static final Duration WEEK = Duration.ofDays(7);
    private static final MeterRegistry REGISTRY = new SimpleMeterRegistry();
    private static final JobMeters METERS = new JobMeters(REGISTRY);
    private static final LaneWorker.Settings FAST = new LaneWorker.Settings(
            16,
            Duration.ofMillis(20),
            Duration.ofMillis(50),
            Duration.ofMillis(200),
            Duration.ofMillis(1),
            Duration.ofMillis(5));

    private QueueDatabase database;

    @BeforeEach
    void create() throws SQLException {
        database = QueueDatabase.create(STACK.endpoints());
    }

    @Test
    void aThousandJobsByTwoWorkersEachOnce() throws SQLException {
        for (int i = 0; i < 1_000; i++) {
            plant(new UUID(0, i % 7), 2, 3);
        }
        Map<UUID, AtomicInteger> done = new ConcurrentHashMap<>();
        JobHandler handler = handler((job, run) -> {
            done.computeIfAbsent(job.id(), id -> new AtomicInteger()).incrementAndGet();
            return Outcome.Done.WITHOUT_FILE;
        });
        try (AgroalDataSource connections = database.systemPool(6);
                AgroalDataSource others = database.systemPool(6);
                LaneWorker one =
                        worker("one", new JobQueue(connections, Duration.ofSeconds(30), 100, WEEK, METERS), handler);
                LaneWorker two =
                        worker("two", new JobQueue(others, Duration.ofSeconds(30), 100, WEEK, METERS), handler)) {
            one.start();
            two.start();
            await().atMost(Duration.ofSeconds(90)).until(() -> count("state = 'succeeded'") == 1_000);
        }
        assertThat(done).hasSize(1_000).allSatisfy((id, times) -> assertThat(times)
                .hasValue(1));
        assertThat(count("attempts <> 1 OR fence <> 1")).isZero();
    }

    @Test
    void anExpiredLeaseIsTakenOverAndTheZombieChangesNothing() throws SQLException {
        plant(new UUID(0, 1), 2, 3);
        JobQueue brief = queue(Duration.ofMillis(50), 3);
        JobQueue lasting = queue(Duration.ofSeconds(30), 3);
        Job zombie = brief.claim(Lane.LARGE, 1, "zombie").getFirst();
        List<Job> taken = new ArrayList<>();
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            taken.addAll(lasting.claim(Lane.LARGE, 1, "heir"));
            return !taken.isEmpty();
        });
        Job heir = taken.getFirst();
        assertThat(heir.id()).isEqualTo(zombie.id());
        assertThat(heir.fence()).isEqualTo(zombie.fence() + 1);
        assertThat(heir.attempt()).isEqualTo(2);
        assertThat(brief.heartbeat(zombie, 1, 1)).isEqualTo(JobQueue.Order.LOST);
        assertThat(brief.succeed(zombie, new Outcome.Done(1, 1, "stolen", "x"))).isFalse();
        assertThat(brief.retry(zombie, new Outcome.Retry("x", "x"), Duration.ZERO))
                .isFalse();
        assertThat(brief.fail(zombie, new Outcome.Failed("x", "x"))).isFalse();
        assertThat(brief.release(zombie)).isFalse();
        assertThat(lasting.heartbeat(heir, 5, 50)).isEqualTo(JobQueue.Order.GO_ON);
        assertThat(count("state = 'running' AND rows = 5 AND bytes = 50")).isEqualTo(1);
        assertThat(lasting.succeed(heir, new Outcome.Done(9, 99, "winner", "receipt")))
                .isTrue();
        assertThat(count("state = 'succeeded' AND object_key = 'winner' AND expires_at > now()"))
                .isEqualTo(1);
    }

    @Test
    void aCrashOnTheLastAttemptIsDeadAndACancelledCrashIsCancelled() throws SQLException {
        plant(new UUID(0, 1), 2, 1);
        plant(new UUID(0, 2), 2, 5);
        JobQueue brief = queue(Duration.ofMillis(20), 3);
        assertThat(brief.claim(Lane.LARGE, 2, "w")).hasSize(2);
        execute("UPDATE export.jobs SET cancel_requested = true WHERE max_attempts = 5");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> brief.claim(Lane.LARGE, 2, "w").isEmpty() && count("state = 'running'") == 0);
        assertThat(count("state = 'dead' AND error_code = 'lease_expired' AND finished_at IS NOT NULL"))
                .isEqualTo(1);
        assertThat(count("state = 'cancelled'")).isEqualTo(1);
    }

    @Test
    void everyEndIsCountedOnceWithTheTimeSinceTheOrder() throws SQLException {
        for (int tenant = 1; tenant <= 5; tenant++) {
            plant(new UUID(0, tenant), 2, tenant == 3 ? 1 : 3);
        }
        execute("UPDATE export.jobs SET created_at = now() - interval '400 seconds'");
        JobQueue queue = queue(Duration.ofSeconds(30), 3);
        List<Job> jobs = queue.claim(Lane.LARGE, 5, "w");
        Map<Boolean, List<Job>> byLast =
                jobs.stream().collect(Collectors.partitioningBy(job -> job.maxAttempts() == 1));
        Job last = byLast.getOrDefault(true, List.of()).getFirst();
        List<Job> others = byLast.getOrDefault(false, List.of());
        long ended = ended();
        Timer medium = timer("succeeded", "medium");
        long before = medium.count();

        assertThat(queue.succeed(others.get(0), new Outcome.Done(100_000, 1, "k", "r")))
                .isTrue();
        assertThat(medium.count()).isEqualTo(before + 1);
        assertThat(medium.max(TimeUnit.SECONDS)).isBetween(400.0, 500.0);
        assertThat(queue.retry(others.get(1), new Outcome.Retry("x", "x"), Duration.ZERO))
                .isTrue();
        assertThat(ended()).as("a job that is repeated has not ended").isEqualTo(ended + 1);
        assertThat(queue.retry(last, new Outcome.Retry("x", "x"), Duration.ZERO))
                .isTrue();
        assertThat(timer("dead", "small").count()).isPositive();
        assertThat(queue.fail(others.get(2), new Outcome.Failed("x", "x"))).isTrue();
        assertThat(queue.cancelled(others.get(3))).isTrue();
        assertThat(queue.cancelled(others.get(3))).isFalse();
        assertThat(ended()).isEqualTo(ended + 4);
    }

    private static long ended() {
        return REGISTRY.find("ashlar.export.job.duration").timers().stream()
                .mapToLong(Timer::count)
                .sum();
    }

    private static Timer timer(String outcome, String size) {
        return REGISTRY.get("ashlar.export.job.duration")
                .tags("kind", "export", "outcome", outcome, "size", size)
                .timer();
    }

    @Test
    void tenantsTakeTurnsWithinTheirCapsAndPriorityGoesFirst() throws SQLException {
        UUID busy = new UUID(0, 1);
        UUID quiet = new UUID(0, 2);
        for (int i = 0; i < 20; i++) {
            plant(busy, 2, 3);
        }
        plant(quiet, 2, 3);
        plant(quiet, 3, 3);
        plant(busy, 0, 3);
        JobQueue queue = queue(Duration.ofSeconds(30), 3);
        List<Job> first = queue.claim(Lane.LARGE, 2, "w");
        assertThat(first).extracting(Job::tenant).containsExactlyInAnyOrder(busy, quiet);
        assertThat(count("state = 'running' AND priority = 0")).isEqualTo(1);
        List<Job> rest = queue.claim(Lane.LARGE, 50, "w");
        assertThat(rest).extracting(Job::tenant).filteredOn(busy::equals).hasSize(2);
        assertThat(rest).extracting(Job::tenant).filteredOn(quiet::equals).hasSize(1);
        assertThat(queue.claim(Lane.LARGE, 50, "w")).isEmpty();
        assertThat(queue.claim(Lane.DELIVERY, 50, "w")).isEmpty();
        assertThat(queue.succeed(first.getFirst(), Outcome.Done.WITHOUT_FILE)).isTrue();
    }

    @Test
    void aFailingJobIsRepeatedThenDead() throws SQLException {
        plant(new UUID(0, 1), 2, 3);
        AtomicInteger attempts = new AtomicInteger();
        JobHandler failing = handler((job, run) -> {
            attempts.incrementAndGet();
            return new Outcome.Retry("no_luck", "not this time");
        });
        try (LaneWorker worker = worker("w", queue(Duration.ofSeconds(30), 3), failing)) {
            worker.start();
            await().atMost(Duration.ofSeconds(30)).until(() -> count("state = 'dead'") == 1);
        }
        assertThat(attempts).hasValue(3);
        assertThat(count("error_code = 'no_luck' AND attempts = 3 AND finished_at IS NOT NULL"))
                .isEqualTo(1);
    }

    @Test
    void aHandlerThatThrowsIsAnAttempt() throws SQLException {
        plant(new UUID(0, 1), 2, 1);
        JobHandler throwing = handler((job, run) -> {
            throw new IllegalStateException("a trial failure");
        });
        try (LaneWorker worker = worker("w", queue(Duration.ofSeconds(30), 3), throwing)) {
            worker.start();
            await().atMost(Duration.ofSeconds(30)).until(() -> count("state = 'dead'") == 1);
        }
        assertThat(count("error_code = 'internal_error' AND error_detail NOT LIKE '%trial%'"))
                .isEqualTo(1);
    }

    @Test
    void aCancelReachesARunningJobWithTheHeartbeat() throws SQLException {
        plant(new UUID(0, 1), 2, 3);
        CountDownLatch never = new CountDownLatch(1);
        JobHandler waiting = handler((job, run) -> {
            never.await();
            return Outcome.Done.WITHOUT_FILE;
        });
        try (LaneWorker worker = worker("w", queue(Duration.ofSeconds(30), 3), waiting)) {
            worker.start();
            await().atMost(Duration.ofSeconds(30)).until(() -> count("state = 'running'") == 1);
            execute("UPDATE export.jobs SET cancel_requested = true");
            await().atMost(Duration.ofSeconds(30)).until(() -> count("state = 'cancelled'") == 1);
        }
    }

    @Test
    void aShutdownGivesJobsBackWithoutCountingTheAttempt() throws SQLException {
        plant(new UUID(0, 1), 2, 1);
        CountDownLatch never = new CountDownLatch(1);
        JobHandler waiting = handler((job, run) -> {
            never.await();
            return Outcome.Done.WITHOUT_FILE;
        });
        try (LaneWorker worker = worker("w", queue(Duration.ofSeconds(30), 3), waiting)) {
            worker.start();
            await().atMost(Duration.ofSeconds(30)).until(() -> count("state = 'running'") == 1);
        }
        assertThat(count("state = 'queued' AND attempts = 0 AND fence = 1")).isEqualTo(1);
    }

    @Test
    void everyChangeIsAnnouncedAndTheEndOwesTheWebhookACall() throws SQLException {
        plant(new UUID(0, 1), 2, 3);
        execute(
                "UPDATE export.jobs SET spec = spec || '{\"notify\": {\"webhook\": \"https://example.org/\", \"attempts\": 4}}'");
        JobQueue queue = queue(Duration.ofSeconds(30), 3);
        Job job = queue.claim(Lane.LARGE, 1, "w").getFirst();
        assertThat(queue.succeed(job, new Outcome.Done(3, 30, "k", "r"))).isTrue();
        assertThat(states()).containsExactly("queued", "running", "succeeded");
        Job delivery = queue.claim(Lane.DELIVERY, 5, "w").getFirst();
        assertThat(delivery.kind()).isEqualTo("delivery");
        assertThat(delivery.maxAttempts()).isEqualTo(4);
        assertThat(delivery.spec().path("url").asText()).isEqualTo("https://example.org/");
        assertThat(delivery.spec().at("/body/type").asText()).isEqualTo("export.succeeded");
        assertThat(delivery.spec().at("/body/data/rows").asLong()).isEqualTo(3);
        assertThat(queue.succeed(delivery, Outcome.Done.WITHOUT_FILE)).isTrue();
        assertThat(states()).hasSize(3);
    }

    private JobQueue queue(Duration lease, int perTenant) {
        return new JobQueue(database.system(), lease, perTenant, WEEK, METERS);
    }

    private static LaneWorker worker(String name, JobQueue queue, JobHandler handler) {
        return new LaneWorker(Lane.LARGE, name, queue, Map.of("export", handler), FAST);
    }

    private interface Work {
        Outcome run(Job job, Run run) throws InterruptedException;
    }

    private static JobHandler handler(Work work) {
        return new JobHandler() {
            @Override
            public String kind() {
                return "export";
            }

            @Override
            public Outcome run(Job job, Run run) throws InterruptedException {
                return work.run(job, run);
            }
        };
    }

    private void plant(UUID tenant, int priority, int maxAttempts) throws SQLException {
        String sql = """
                INSERT INTO export.jobs (id, tenant_id, subject, kind, lane, priority, spec, as_of, max_attempts)
                VALUES (uuidv7(), ?, 'u', 'export', 'large', ?, '{"source": "flights"}', '{"kind": "run time"}', ?)
                """;
        try (Connection connection = database.system().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, tenant);
            statement.setInt(2, priority);
            statement.setInt(3, maxAttempts);
            statement.executeUpdate();
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.system().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private int count(String condition) throws SQLException {
        try (Connection connection = database.superuser().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM export.jobs WHERE " + condition)) {
            row.next();
            return row.getInt(1);
        }
    }

    private List<String> states() throws SQLException {
        try (Connection connection = database.superuser().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT body ->> 'state' FROM export.events ORDER BY id")) {
            List<String> states = new ArrayList<>();
            while (row.next()) {
                states.add(row.getString(1));
            }
            return states;
        }
    }
}
