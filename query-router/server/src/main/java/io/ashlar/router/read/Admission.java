package io.ashlar.router.read;

import io.ashlar.authz.problem.ProblemException;
import io.ashlar.router.RouterError;
import io.ashlar.router.client.Pool;
import io.ashlar.router.tenant.Place;
import io.ashlar.router.tenant.TenantPlaces;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;

/** Lets a tenant's reads in, one place each. Thread-safe; blocks for a moment, so call it from virtual threads. */
@Singleton
public final class Admission {

    private static final long RETRY_AFTER_SECONDS = 1;

    private final TenantPlaces places;
    private final ReadMetrics metrics;

    Admission(TenantPlaces places, ReadMetrics metrics) {
        this.places = places;
        this.metrics = metrics;
    }

    /**
     * A place for one read, to be closed when the read has ended in whatever way.
     *
     * @throws ProblemException {@code tenant_busy}
     */
    public Place enter(UUID tenant, Pool pool) {
        Optional<Place> place;
        try {
            place = places.enter(tenant, pool);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            metrics.refused(RouterError.STORE_UNAVAILABLE);
            throw new ProblemException(RouterError.STORE_UNAVAILABLE, "The router is stopping.")
                    .retryAfter(RETRY_AFTER_SECONDS);
        }
        return place.orElseThrow(() -> {
            metrics.refused(RouterError.TENANT_BUSY);
            return new ProblemException(RouterError.TENANT_BUSY, "Wait for the reads that run, or send fewer at once.")
                    .retryAfter(RETRY_AFTER_SECONDS);
        });
    }
}
