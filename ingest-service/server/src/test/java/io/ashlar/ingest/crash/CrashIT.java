package io.ashlar.ingest.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.ashlar.ingest.app.Api;
import io.ashlar.local.Services.Instance;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Real processes, killed: nothing is lost, nothing is there twice. */
final class CrashIT {

    private static final int RECORDS = 500;
    private static TwoInstances running;

    @BeforeAll
    static void start() throws Exception {
        running = new TwoInstances();
        running.declare(running.first, "delay", "int64");
        running.declare(running.first, "origin", "string");
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    private static String batch(String prefix) {
        StringBuilder body = new StringBuilder("{\"records\":[");
        for (int i = 0; i < RECORDS; i++) {
            body.append(i == 0 ? "" : ",")
                    .append("{\"entity_id\":\"" + prefix + ":" + i + "\",\"event_at\":\"2001-01-01T10:00:00Z\",")
                    .append("\"attributes\":{\"delay\":" + i + ",\"origin\":\"ATL\"}}");
        }
        return body.append("]}").toString();
    }

    /** As a client would: the same key until somebody answers 202. */
    private static void sendUntilTaken(List<Instance> instances, int at, String key, String body)
            throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(150);
        for (int attempt = at; System.nanoTime() < deadline; attempt++) {
            try {
                HttpResponse<String> answer = running.send(instances.get(attempt % instances.size()), key, body);
                if (answer.statusCode() == 202) {
                    return;
                }
                assertThat(answer.statusCode()).as(answer.body()).isIn(409, 429, 503);
            } catch (IOException dead) {
                // The instance is being killed: the next attempt goes to the other one.
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        throw new AssertionError("batch " + key + " was not taken");
    }

    @Test
    void killingInstancesLosesNothingAndDoublesNothing() throws Exception {
        int batches = 60;
        JsonNode before = running.reconciliation(running.first);
        List<Instance> instances = List.of(running.first, running.second);
        String run = UUID.randomUUID().toString();
        AtomicInteger taken = new AtomicInteger();
        try (ExecutorService clients = Executors.newFixedThreadPool(4)) {
            List<Future<?>> sent = new ArrayList<>();
            for (int b = 0; b < batches; b++) {
                int number = b;
                sent.add(clients.submit(() -> {
                    sendUntilTaken(instances, number, run + "/" + number, batch(run + ":" + number));
                    taken.incrementAndGet();
                    return null;
                }));
            }
            for (Instance victim : instances) {
                int now = taken.get();
                await().atMost(Duration.ofMinutes(2)).until(() -> taken.get() >= Math.min(batches, now + 8));
                running.services.kill(victim);
                running.services.start(victim);
            }
            for (Future<?> one : sent) {
                one.get(200, TimeUnit.SECONDS);
            }
        }
        awaitLoaded();
        JsonNode after = running.reconciliation(running.first);
        assertThat(after.path("accepted").asLong() - before.path("accepted").asLong())
                .isEqualTo((long) batches * RECORDS);
        assertThat(after.path("dead").asLong()).isZero();
        long rows = count("SELECT count(*) FROM ingest.entity_values WHERE entity_id LIKE ?", run + "%");
        long distinct = count(
                "SELECT count(DISTINCT (entity_id, attribute_id)) FROM ingest.entity_values WHERE entity_id LIKE ?",
                run + "%");
        assertThat(rows).isEqualTo(2L * batches * RECORDS);
        assertThat(distinct).isEqualTo(rows);
        assertThat(count("SELECT count(*) FROM ingest.entity_jsonb WHERE entity_id LIKE ?", run + "%"))
                .isEqualTo((long) batches * RECORDS);
    }

    @Test
    void oneKeyThroughTwoInstancesIsStoredOnce() throws Exception {
        String key = UUID.randomUUID().toString();
        String body = batch(key);
        List<HttpResponse<String>> answers = new ArrayList<>();
        try (ExecutorService clients = Executors.newFixedThreadPool(8)) {
            List<Future<HttpResponse<String>>> sent = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                Instance at = i % 2 == 0 ? running.first : running.second;
                sent.add(clients.submit(() -> running.send(at, key, body)));
            }
            for (Future<HttpResponse<String>> one : sent) {
                answers.add(one.get(60, TimeUnit.SECONDS));
            }
        }
        assertThat(answers).extracting(HttpResponse::statusCode).contains(202).allMatch(s -> s == 202 || s == 409);
        assertThat(answers.stream()
                        .filter(a -> a.statusCode() == 202)
                        .map(HttpResponse::body)
                        .distinct())
                .hasSize(1);
        assertThat(answers.stream().filter(a -> a.statusCode() == 409))
                .allSatisfy(
                        a -> assertThat(a.headers().firstValue("Retry-After")).isPresent());
        HttpResponse<String> other = running.send(running.second, key, batch("other" + key));
        assertThat(other.statusCode()).as(other.body()).isEqualTo(422);
        assertThat(other.body()).contains("idempotency_key_reused");
        awaitLoaded();
        assertThat(count("SELECT count(*) FROM ingest.entity_values WHERE entity_id LIKE ?", key + "%"))
                .isEqualTo(2L * RECORDS);
    }

    /** A frozen writer that wakes up after its partitions were given away writes nothing. */
    @Test
    void aFrozenInstanceComesBackHarmless() throws Exception {
        String run = UUID.randomUUID().toString();
        running.services.pause(running.second);
        for (int b = 0; b < 10; b++) {
            sendUntilTaken(List.of(running.first), 0, run + "/" + b, batch(run + ":" + b));
        }
        await().atMost(Api.PATIENCE).untilAsserted(() -> assertThat(
                        count("SELECT count(*) FROM ingest.entity_values WHERE entity_id LIKE ?", run + "%"))
                .isEqualTo(20L * RECORDS));
        running.services.resume(running.second);
        for (int b = 10; b < 12; b++) {
            sendUntilTaken(List.of(running.second, running.first), 0, run + "/" + b, batch(run + ":" + b));
        }
        awaitLoaded();
        assertThat(count("SELECT count(*) FROM ingest.entity_values WHERE entity_id LIKE ?", run + "%"))
                .isEqualTo(24L * RECORDS);
    }

    private static void awaitLoaded() {
        await().atMost(Api.PATIENCE).pollInterval(Duration.ofMillis(250)).untilAsserted(() -> {
            JsonNode sum = running.reconciliation(running.first);
            assertThat(sum.path("in_flight").asLong(-1)).isZero();
            assertThat(sum.path("accepted").asLong())
                    .isEqualTo(sum.path("stored").asLong() + sum.path("dead").asLong());
        });
    }

    private static long count(String sql, Object... binds) throws Exception {
        return Api.one(running.stack, sql, binds, row -> row.getLong(1));
    }
}
