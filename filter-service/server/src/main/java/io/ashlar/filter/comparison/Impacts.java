package io.ashlar.filter.comparison;

import io.ashlar.authz.call.Consistency;
import io.ashlar.filter.impact.ImpactKeys;
import io.ashlar.filter.peer.Planner;
import io.ashlar.filter.peer.SealedCalls;
import io.ashlar.filter.query.Access;
import io.ashlar.filter.query.Resolver;
import jakarta.inject.Singleton;
import java.util.UUID;

/** Compares plans and signs what comes of it. Blocking; thread-safe. */
@Singleton
final class Impacts {

    private final Resolver resolver;
    private final Planner planner;
    private final SealedCalls router;
    private final ImpactConfig config;
    private final Signer signer;

    Impacts(Resolver resolver, Planner planner, SealedCalls router, ImpactConfig config, Signer signer) {
        this.resolver = resolver;
        this.planner = planner;
        this.router = router;
        this.config = config;
        this.signer = signer;
    }

    ImpactKeys.Signed impact(UUID tenant, String subject, String name, byte[] body, Consistency asked) {
        long deadlineNanos = System.nanoTime() + config.timeLimit().toNanos();
        ImpactRequest request = ImpactRequest.read(body, config.maxSubjects());
        Access asker = resolver.access(tenant, subject, name);
        Comparison comparison = new Comparison(planner, router, asker, asked, deadlineNanos);
        return signer.keys().sign(comparison.of(request));
    }
}
