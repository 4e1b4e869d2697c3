package io.ashlar.guard.ready;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** All needs in one check. */
@Readiness
@ApplicationScoped
class NeedsCheck implements HealthCheck {

    private final Instance<Need> needs;

    NeedsCheck(@Any Instance<Need> needs) {
        this.needs = needs;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("needs");
        boolean ready = true;
        for (Need need : needs) {
            Optional<String> missing = need.missing();
            ready &= missing.isEmpty();
            response.withData(need.name(), missing.map(why -> "missing: " + why).orElse("there"));
        }
        return response.status(ready).build();
    }
}
