package io.ashlar.router.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ashlar.router.client.Pool;
import io.ashlar.router.flight.FlightConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of 16 connections for people a tenant has 12 places, of 4 for jobs 3. */
class TenantPlacesTest {

    private static final UUID A = new UUID(0, 1);
    private static final UUID B = new UUID(0, 2);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void aTenantHasItsPlacesAndNoMore() throws InterruptedException {
        TenantPlaces places = places(0.75, 0, Duration.ZERO);
        assertThat(take(places, A, Pool.API, 12)).hasSize(12);
        assertThat(places.enter(A, Pool.API)).isEmpty();
    }

    @Test
    void twoTenantsDoNotTakeEachOthersPlaces() throws InterruptedException {
        TenantPlaces places = places(0.75, 0, Duration.ZERO);
        take(places, A, Pool.API, 12);
        assertThat(take(places, B, Pool.API, 12)).hasSize(12);
        assertThat(places.enter(A, Pool.API)).isEmpty();
        assertThat(places.enter(B, Pool.API)).isEmpty();
        assertThat(gauge("ashlar.router.tenants.reading", "api")).isEqualTo(2);
    }

    @Test
    void jobsAndPeopleDoNotTakeEachOthersPlaces() throws InterruptedException {
        TenantPlaces places = places(0.75, 0, Duration.ZERO);
        take(places, A, Pool.API, 12);
        assertThat(take(places, A, Pool.JOB, 3)).hasSize(3);
        assertThat(places.enter(A, Pool.JOB)).isEmpty();
    }

    @Test
    void aPlaceIsGivenBackOnce() throws InterruptedException {
        TenantPlaces places = places(0.75, 0, Duration.ZERO);
        List<Place> taken = take(places, A, Pool.JOB, 3);
        taken.getFirst().close();
        taken.getFirst().close();
        Optional<Place> again = places.enter(A, Pool.JOB);
        assertThat(again).isPresent();
        assertThat(places.enter(A, Pool.JOB)).isEmpty();
        assertThat(gauge("ashlar.router.tenant.places.taken", "job")).isEqualTo(3);
    }

    @Test
    void nothingIsKeptOfTenantsThatAreGone() throws InterruptedException {
        TenantPlaces places = places(0.75, 0, Duration.ZERO);
        for (int i = 0; i < 1_000; i++) {
            places.enter(new UUID(7, i), Pool.API).orElseThrow().close();
        }
        List<Place> taken = take(places, A, Pool.JOB, 3);
        assertThat(places.enter(A, Pool.JOB)).isEmpty();
        taken.forEach(Place::close);
        assertThat(gauge("ashlar.router.tenants.reading", "api")).isZero();
        assertThat(gauge("ashlar.router.tenants.reading", "job")).isZero();
        assertThat(gauge("ashlar.router.tenant.places.taken", "job")).isZero();
    }

    @Test
    void whoWaitsIsNextAndTheLineIsBounded() throws InterruptedException, ExecutionException {
        TenantPlaces places = places(0.75, 1, Duration.ofMinutes(5));
        List<Place> taken = take(places, A, Pool.JOB, 3);
        try (ExecutorService caller = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Optional<Place>> waiting = caller.submit(() -> places.enter(A, Pool.JOB));
            // The line is full as soon as one waits; only then is somebody turned away at once.
            await().until(() -> isTurnedAway(places));
            taken.getFirst().close();
            assertThat(waiting.get()).isPresent();
        }
    }

    @Test
    void manyAtOnceNeverExceedTheirPlaces() throws InterruptedException, ExecutionException {
        TenantPlaces places = places(0.75, 1_000, Duration.ofMinutes(5));
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                all.add(callers.submit(() -> {
                    try (Place place = places.enter(A, Pool.JOB).orElseThrow()) {
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        Thread.onSpinWait();
                        inside.decrementAndGet();
                        return place;
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
        assertThat(most.get()).isBetween(1, 3);
        assertThat(gauge("ashlar.router.tenants.reading", "job")).isZero();
        assertThat(take(places, A, Pool.JOB, 3)).hasSize(3);
    }

    @Test
    void whoIsInterruptedLeavesTheLine() throws InterruptedException {
        TenantPlaces places = places(0.75, 1, Duration.ofMinutes(5));
        List<Place> taken = take(places, A, Pool.JOB, 3);
        Thread waiting = Thread.ofVirtual().start(() -> {
            try {
                places.enter(A, Pool.JOB);
            } catch (InterruptedException expected) {
                Thread.currentThread().interrupt();
            }
        });
        await().until(() -> isTurnedAway(places));
        waiting.interrupt();
        waiting.join();
        taken.forEach(Place::close);
        assertThat(gauge("ashlar.router.tenants.reading", "job")).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0.75,12,3", "0.01,1,1", "1,16,4", "3,48,12"})
    void aShareIsOfTheConnections(double share, int api, int job) {
        assertThat(places(share, 0, Duration.ZERO)).isNotNull();
        assertThat(gauge("ashlar.router.tenant.places.each", "api")).isEqualTo(api);
        assertThat(gauge("ashlar.router.tenant.places.each", "job")).isEqualTo(job);
    }

    @Test
    void aShareIsAboveNothing() {
        assertThatThrownBy(() -> places(0, 0, Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> places(Double.NaN, 0, Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> places(1, -1, Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }

    /** The one who asks waits himself if there is room in the line: so he is interrupted before. */
    private static boolean isTurnedAway(TenantPlaces places) {
        Thread.currentThread().interrupt();
        try {
            return places.enter(A, Pool.JOB).isEmpty() && Thread.interrupted();
        } catch (InterruptedException thereWasRoom) {
            return false;
        }
    }

    private double gauge(String name, String pool) {
        return meters.get(name).tag("pool", pool).gauge().value();
    }

    private static List<Place> take(TenantPlaces places, UUID tenant, Pool pool, int count)
            throws InterruptedException {
        List<Place> taken = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            places.enter(tenant, pool).ifPresent(taken::add);
        }
        return taken;
    }

    private TenantPlaces places(double share, int queueLength, Duration waitLimit) {
        TenantConfig config = new TenantConfig() {
            @Override
            public double apiShare() {
                return share;
            }

            @Override
            public double jobShare() {
                return share;
            }

            @Override
            public int queueLength() {
                return queueLength;
            }

            @Override
            public Duration waitLimit() {
                return waitLimit;
            }
        };
        return new TenantPlaces(config, new Connections(), meters);
    }

    private static final class Connections implements FlightConfig {

        @Override
        public int apiPoolSize() {
            return 16;
        }

        @Override
        public int jobPoolSize() {
            return 4;
        }

        @Override
        public int queueLength() {
            return 256;
        }

        @Override
        public Duration acquireTimeout() {
            return Duration.ofMillis(500);
        }

        @Override
        public Duration connectTimeout() {
            return Duration.ofSeconds(1);
        }

        @Override
        public Duration statementTimeout() {
            return Duration.ofSeconds(5);
        }

        @Override
        public Duration deadline() {
            return Duration.ofSeconds(10);
        }
    }
}
