package io.ashlar.guard.request;

import io.quarkus.runtime.configuration.MemorySize;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.Config;

/** {@code quarkus.http.limits.max-body-size}, enforced by the door so that the refusal is a problem. */
@ApplicationScoped
public class BodyLimit {

    private static final long BYTES_DEFAULT = 10L << 20;

    private final long bytesMax;

    BodyLimit(Config config) {
        this.bytesMax = config.getOptionalValue("quarkus.http.limits.max-body-size", MemorySize.class)
                .map(MemorySize::asLongValue)
                .orElse(BYTES_DEFAULT);
    }

    public long bytesMax() {
        return bytesMax;
    }
}
