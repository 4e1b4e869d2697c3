package io.ashlar.authz.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.ashlar.authz.api.Authz;
import io.ashlar.authz.call.OnBehalfOf;
import io.ashlar.authz.client.EntityRef;
import io.ashlar.authz.client.RemoteAuthz;
import io.ashlar.authz.embedded.EmbeddedAuthz;
import io.ashlar.local.Endpoints;
import io.ashlar.local.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.awaitility.Awaitility;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Revokes a role again and again, in several tenants at once and under load, and watches three remote caches and an embedded
 * decision point: none may allow what is asked more than a second after the revocation was answered.
 * {@code -Drevocations=1000} measures a thousand times; the figures go to {@code target/revocation-latency.json}.
 */
@QuarkusTest
@QuarkusTestResource(
        value = StackResource.class,
        initArgs = {
            @ResourceArg(name = "service", value = "authz"),
            @ResourceArg(name = "servers", value = "CONTROL,KAFKA,REDIS,OIDC")
        })
class EveryCacheIT {

    private static final Logger LOG = Logger.getLogger(EveryCacheIT.class);
    private static final int REVOCATIONS = Integer.getInteger("revocations", 48);
    private static final int TENANTS = 8;
    private static final int REMOTES = 3;
    private static final long LIMIT_NANOS = Duration.ofSeconds(1).toNanos();
    private static final EntityRef ANA = EntityRef.user(Authz.ANA);
    private static final EntityRef FLIGHTS = new EntityRef("Dataset", "flights");

    @TestHTTPResource
    @Nullable URI root;

    private final Queue<Long> latencies = new ConcurrentLinkedQueue<>();
    private final Queue<Duration> told = new ConcurrentLinkedQueue<>();
    private final LongAdder checks = new LongAdder();

    /** One of the caches: whether ana may query, as it says. */
    @FunctionalInterface
    private interface Cache {
        boolean allows(UUID tenant);
    }

    @Test
    void noneAllowsASecondAfterARevocation() throws Exception {
        Endpoints endpoints = StackResource.stack().endpoints();
        URI authz = Objects.requireNonNull(root);
        List<RemoteAuthz> remotes = new ArrayList<>();
        try (EmbeddedAuthz embedded = Clients.embedded(endpoints, authz, told::add);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Cache> caches = new ArrayList<>();
            caches.add(tenant ->
                    embedded.onBehalfOf(new OnBehalfOf(tenant, Authz.ANA)).allowed(ANA, "dataset.query", FLIGHTS));
            for (int i = 0; i < REMOTES; i++) {
                RemoteAuthz remote = Clients.remote(endpoints, authz, told::add);
                remotes.add(remote);
                caches.add(tenant ->
                        remote.onBehalfOf(new OnBehalfOf(tenant, Authz.ANA)).allowed(ANA, "dataset.query", FLIGHTS));
            }
            List<UUID> tenants = new ArrayList<>();
            for (int i = 0; i < TENANTS; i++) {
                tenants.add(Authz.tenant());
            }
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> embedded.fresh()
                            && remotes.stream()
                                    .allMatch(remote -> remote.changeLag().isPresent()));
            CountDownLatch stop = new CountDownLatch(1);
            List<Future<?>> load = new ArrayList<>();
            for (Cache cache : caches) {
                load.add(threads.submit(() -> load(cache, tenants, stop)));
            }
            List<Future<?>> measured = new ArrayList<>();
            for (UUID tenant : tenants) {
                measured.add(threads.submit(() -> measure(tenant, caches)));
            }
            try {
                for (Future<?> one : measured) {
                    one.get();
                }
            } finally {
                stop.countDown();
            }
            for (Future<?> one : load) {
                one.get();
            }
            report(remotes, embedded);
            assertThat(embedded.stats().here()).as("decided here, not asked").isGreaterThan(REVOCATIONS);
            assertThat(remotes)
                    .allSatisfy(remote -> assertThat(remote.stats().hits()).isPositive());
            assertThat(told).as("each cache of a client told how long it took").isNotEmpty();
        } finally {
            remotes.forEach(RemoteAuthz::close);
        }
    }

    private void measure(UUID tenant, List<Cache> caches) {
        String token = Authz.token(tenant, "ada");
        for (int i = 0; i < REVOCATIONS / TENANTS; i++) {
            for (Cache cache : caches) {
                Awaitility.await()
                        .pollInSameThread()
                        .pollInterval(Duration.ofMillis(5))
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> cache.allows(tenant));
            }
            long sent = System.nanoTime();
            roles(token, "[]");
            long answered = System.nanoTime();
            List<Cache> open = new ArrayList<>(caches);
            Awaitility.await()
                    .pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(2))
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> {
                        open.removeIf(cache -> denies(cache, tenant, answered));
                        return open.isEmpty();
                    });
            latencies.add(System.nanoTime() - sent);
            roles(token, "[\"viewer\"]");
        }
    }

    private boolean denies(Cache cache, UUID tenant, long revokedNanos) {
        long begun = System.nanoTime();
        boolean allowed = cache.allows(tenant);
        checks.increment();
        assertThat(allowed && begun - revokedNanos > LIMIT_NANOS)
                .as("allowed though asked more than a second after the revocation")
                .isFalse();
        return !allowed;
    }

    private void load(Cache cache, List<UUID> tenants, CountDownLatch stop) {
        try {
            do {
                for (UUID tenant : tenants) {
                    cache.allows(tenant);
                    checks.increment();
                }
            } while (!stop.await(1, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void roles(String token, String roles) {
        Authz.as(token)
                .body("{\"roles\":" + roles + "}")
                .put("/api/v1/users/" + Authz.ANA)
                .then()
                .statusCode(200);
    }

    /** From the sending of the revocation to the moment when the last cache denied: an upper bound of commit to last cache. */
    private void report(List<RemoteAuthz> remotes, EmbeddedAuthz embedded) throws IOException {
        List<Long> sorted = latencies.stream().sorted().toList();
        List<Duration> heard = told.stream().sorted().toList();
        long hits = remotes.stream().mapToLong(remote -> remote.stats().hits()).sum();
        long misses =
                remotes.stream().mapToLong(remote -> remote.stats().misses()).sum();
        String figures = """
                {"revocations":%d,"caches":%d,"tenants":%d,"checks":%d,"remote_hits":%d,"remote_misses":%d,"embedded_decisions":%d,\
                "embedded_loads":%d,"last_cache_ms":{"p50":%.1f,"p99":%.1f,"max":%.1f},"commit_to_cache_ms":{"p50":%d,"p99":%d,"max":%d}}
                """.formatted(
                        sorted.size(),
                        REMOTES + 1,
                        TENANTS,
                        checks.sum(),
                        hits,
                        misses,
                        embedded.stats().here(),
                        embedded.stats().loads(),
                        at(sorted, 0.5) / 1e6,
                        at(sorted, 0.99) / 1e6,
                        at(sorted, 1) / 1e6,
                        at(heard, 0.5).toMillis(),
                        at(heard, 0.99).toMillis(),
                        at(heard, 1).toMillis());
        Files.writeString(Path.of("target", "revocation-latency.json"), figures);
        LOG.infof("event=revocations_measured figures=%s", figures.strip());
    }

    private static <T> T at(List<T> sorted, double share) {
        return sorted.get(Math.max(0, (int) Math.ceil(share * sorted.size()) - 1));
    }
}
