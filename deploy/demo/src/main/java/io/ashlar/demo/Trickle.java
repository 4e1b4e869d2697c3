package io.ashlar.demo;

import io.ashlar.demo.Api.Answer;
import io.ashlar.local.Services.Service;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/**
 * A few requests a second to every service, none tried twice, while somebody restarts pods: counts those that failed. An
 * answer that is not 2xx is a failure, and so is no answer. One use each.
 */
final class Trickle {

    private static final Duration TOKEN_AGE = Duration.ofSeconds(30);
    private static final int FAILURES_SHOWN = 10;

    private final Target target;
    private final Scenario scenario;
    private final long deadline;
    private final Duration pause;
    private final BooleanSupplier enough;
    private final AtomicLong records = new AtomicLong();
    private volatile String token;

    /**
     * Prepares it; its time runs from here.
     *
     * @param length how long to go on at most
     * @param pause between two requests of one kind
     * @param enough asked before each request; true ends it
     */
    Trickle(Target target, Duration length, Duration pause, BooleanSupplier enough) {
        this.enough = enough;
        this.target = target;
        this.scenario = new Scenario(target);
        this.deadline = System.nanoTime() + length.toNanos();
        this.pause = pause;
        this.token = scenario.token("ed");
    }

    /** Goes on to the end and says what came of it; true iff nothing failed. */
    boolean run(PrintStream out) throws InterruptedException {
        List<Reading> readings = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        requests().forEach((kind, request) -> {
            Reading reading = new Reading(kind);
            readings.add(reading);
            threads.add(Thread.ofVirtual().name(kind).start(() -> repeat(request, reading)));
        });
        for (Thread thread : threads) {
            while (!thread.join(TOKEN_AGE)) {
                token = scenario.token("ed");
            }
        }
        readings.forEach(reading -> reading.print(out));
        return readings.stream().allMatch(reading -> reading.failures.isEmpty());
    }

    private Map<String, Supplier<Answer>> requests() {
        Map<String, Supplier<Answer>> requests = new LinkedHashMap<>();
        String evaluation = """
                {"subject":{"type":"User","id":"%s"},"action":{"name":"dataset.query"},
                 "resource":{"type":"Dataset","id":"flights"}}
                """.formatted(scenario.subject("ed"));
        String query = "{\"filters\":[{\"field\":\"origin\",\"op\":\"eq\",\"value\":\"ORD\"}],\"page\":{\"limit\":5}}";
        requests.put("authz", () -> post(Service.AUTHZ, "/access/v1/evaluation", evaluation));
        requests.put("filter and router", () -> post(Service.FILTER, "/api/v1/datasets/flights/query", query));
        requests.put("ingest", () -> post(Service.INGEST, "/api/v1/telemetry", record()));
        requests.put("export", () -> target.api().get(Service.EXPORT, "/api/v1/exports?limit=1", token, Map.of()));
        return requests;
    }

    private Answer post(Service service, String path, String json) {
        return target.api().post(service, path, token, json, Map.of());
    }

    private String record() {
        return "{\"records\":[{\"entity_id\":\"trickle:%d\",\"event_at\":\"%s\",\"attributes\":{\"delay\":1}}]}"
                .formatted(records.incrementAndGet(), Instant.now());
    }

    private void repeat(Supplier<Answer> request, Reading reading) {
        while (System.nanoTime() < deadline && !enough.getAsBoolean()) {
            long started = System.nanoTime();
            try {
                Answer answer = request.get();
                if (answer.status() / 100 != 2) {
                    reading.failures.add(Instant.now() + " " + answer.status() + " " + answer.text());
                }
            } catch (DemoFailure e) {
                reading.failures.add(Instant.now() + " " + e.getMessage());
            }
            reading.micros.add((System.nanoTime() - started) / 1_000);
            LockSupport.parkNanos(pause.toNanos());
        }
    }

    /** What one kind of request came to; written by its thread alone, read after that has ended. */
    private static final class Reading {

        private final String kind;
        private final List<Long> micros = new ArrayList<>();
        private final List<String> failures = new ArrayList<>();

        Reading(String kind) {
            this.kind = kind;
        }

        void print(PrintStream out) {
            LongStream ordered = micros.stream().mapToLong(Long::longValue).sorted();
            long[] sorted = ordered.toArray();
            out.printf(
                    "%-20s %6d requests, %d failed; p50 %.1f ms, p99 %.1f ms, slowest %.1f ms%n",
                    kind, sorted.length, failures.size(), at(sorted, 0.5), at(sorted, 0.99), at(sorted, 1));
            failures.stream().limit(FAILURES_SHOWN).forEach(failure -> out.println("    " + failure));
        }

        private static double at(long[] sorted, double share) {
            return sorted.length == 0 ? 0 : sorted[(int) Math.ceil(share * sorted.length) - 1] / 1_000.0;
        }
    }
}
