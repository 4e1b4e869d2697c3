package io.ashlar.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ashlar.demo.Api.Answer;
import io.ashlar.local.Services;
import io.ashlar.local.Services.Instance;
import io.ashlar.local.Services.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * ingest-service killed in the middle of a load: what was answered 202 is stored once, whatever the client repeats.
 *
 * <p>{@code -Dashlar.flights=200000} takes that many from the shared Parquet file instead of the bundled sample.
 */
class IngestCrashIT {

    @RegisterExtension
    static final SharedPlatform PLATFORM = new SharedPlatform();

    private static final int RECORDS = Integer.getInteger("ashlar.flights", 20_000);

    @Test
    void everyAcceptedRecordIsStoredOnceThroughAKill() throws Exception {
        Platform platform = PLATFORM.platform();
        Scenario scenario = new Scenario(platform.target());
        Services services = platform.services();
        Instance ingest = services.instances().stream()
                .filter(instance -> instance.service() == Service.INGEST)
                .findFirst()
                .orElseThrow();
        Reconciliation before = Reconciliation.settled(platform.api(), scenario.token("ed"));
        List<String> batches = batches();
        CountDownLatch half = new CountDownLatch(batches.size() / 2);
        long started = System.nanoTime();

        long accepted;
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Long> sent = clients.submit(() -> {
                long sum = 0;
                for (int i = 0; i < batches.size(); i++) {
                    sum += insist(scenario, batches.get(i), "crash-" + started + "-" + i);
                    half.countDown();
                }
                return sum;
            });
            half.await();
            services.kill(ingest);
            services.start(ingest);
            accepted = sent.get();
        }
        Reconciliation after =
                Reconciliation.settled(platform.api(), scenario.token("ed")).since(before);

        Duration took = Duration.ofNanos(System.nanoTime() - started);
        System.out.printf("%d records, one kill -9: %s in %s%n", RECORDS, after, Report.seconds(took));
        assertEquals(RECORDS, accepted);
        assertEquals(new Reconciliation(RECORDS, RECORDS, 0, 0), after);
    }

    /** A client that repeats a batch under its key until it is answered. */
    private static long insist(Scenario scenario, String batch, String key) {
        long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (true) {
            try {
                Answer answer = scenario.post(batch, key);
                if (answer.status() == 202) {
                    return answer.body().path("accepted").asLong();
                }
                DemoFailure.unless(
                        answer.status() == 409 || answer.status() == 503 || answer.status() == 429, answer.text());
            } catch (DemoFailure e) {
                if (!(e.getCause() instanceof IOException) || System.nanoTime() > deadline) {
                    throw e;
                }
            }
            DemoFailure.unless(System.nanoTime() < deadline, "the batch is still not taken");
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }
    }

    private static List<String> batches() {
        Path shared = Path.of(System.getenv().getOrDefault("ASHLAR_SHARED", "../shared"));
        Path parquet = Path.of(System.getProperty("ashlar.root", "../.."))
                .resolve(shared)
                .resolve("data/flights-3m.parquet");
        Flights flights =
                RECORDS > 20_000 && Files.exists(parquet) ? new Flights.Parquet(parquet) : new Flights.Sample();
        List<String> batches = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        flights.forEach(flight -> {
            if (batches.size() * Scenario.BATCH_RECORDS + lines.size() < RECORDS) {
                lines.add(flight.toTelemetryLine());
            }
            if (lines.size() == Scenario.BATCH_RECORDS) {
                batches.add(String.join("\n", lines));
                lines.clear();
            }
        });
        return batches;
    }
}
