package io.ashlar.demo;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

/**
 * How long a right that was taken away is still used, at each door. What is asserted is the contract, which no slow machine can
 * break: a request that begins more than a second after the change was committed is denied, since a cache that is further behind
 * asks. What is measured is how soon the denials begin.
 */
final class RevocationTimes {

    private static final Duration UNSEEN_MAX = Duration.ofSeconds(1);
    private static final int DENIALS = 5;

    private final Map<String, List<Long>> deniedAfterNanos = new TreeMap<>();

    /**
     * Asks at all doors at once until each denies, and a few times more.
     *
     * @param doors each says whether its request was allowed
     * @param asked when the change was sent, nanoseconds
     * @param committed when it was certainly committed, nanoseconds
     */
    void watch(Map<String, BooleanSupplier> doors, long asked, long committed) throws Exception {
        Map<String, Future<Long>> denied = new HashMap<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            doors.forEach((name, door) -> denied.put(name, callers.submit(() -> denied(name, door, committed))));
        }
        for (Map.Entry<String, Future<Long>> door : denied.entrySet()) {
            deniedAfterNanos
                    .computeIfAbsent(door.getKey(), name -> new ArrayList<>())
                    .add(door.getValue().get() - asked);
        }
    }

    /** When the first request began that was denied. */
    private static long denied(String name, BooleanSupplier door, long committed) {
        long first = 0;
        for (int denials = 0; denials < DENIALS; ) {
            long begun = System.nanoTime();
            if (door.getAsBoolean()) {
                assertFalse(denials > 0, name + " allowed again after a denial");
                Duration late = Duration.ofNanos(begun - committed);
                assertTrue(
                        late.compareTo(UNSEEN_MAX) <= 0,
                        name + " allowed a request that began " + late.toMillis() + " ms after the revocation");
            } else {
                first = denials == 0 ? begun : first;
                denials++;
            }
        }
        return first;
    }

    /** One line per door: median and longest, counted from when the change was sent. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("revocations, from the change being sent to the first request denied:");
        deniedAfterNanos.forEach((door, nanos) -> {
            List<Long> sorted = nanos.stream().sorted().toList();
            text.append(String.format(
                    Locale.ROOT,
                    "%n  %s: %d revocations, median %d ms, longest %d ms",
                    door,
                    sorted.size(),
                    sorted.get(sorted.size() / 2) / 1_000_000,
                    sorted.getLast() / 1_000_000));
        });
        return text.toString();
    }
}
