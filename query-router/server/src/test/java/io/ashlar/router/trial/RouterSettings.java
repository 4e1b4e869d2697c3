package io.ashlar.router.trial;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** What an installation must set and the stack does not supply. */
public final class RouterSettings implements QuarkusTestResourceLifecycleManager {

    /** Keys of the trial's filter-service, in {@code SealKeys} form. */
    public static final String SEAL_KEYS = "k1:" + Base64.getEncoder().encodeToString(new byte[32]) + ",k0:"
            + Base64.getEncoder().encodeToString("thirty-two bytes of an older key".getBytes(StandardCharsets.UTF_8));

    @Override
    public Map<String, String> start() {
        return Map.of(
                "ashlar.router.seal.keys", SEAL_KEYS,
                // Test machines are busy; what is measured here is never time.
                "ashlar.router.flight.acquire-timeout", "10s",
                "ashlar.router.flight.deadline", "20s",
                "ashlar.router.tenants.wait-limit", "5s",
                "ashlar.router.stream.connect-timeout", "10s",
                "quarkus.otel.sdk.disabled", "true");
    }

    @Override
    public void stop() {}
}
