package io.ashlar.router.trial;

import io.ashlar.router.flight.TenantSetting;
import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/** Loses the tenant on its way to the server when a test says so; takes the place of the real one by being a bean. */
@Singleton
public final class LosingTenantSetting implements TenantSetting {

    /** What is sent instead; null sends the truth. */
    public static final AtomicReference<String> INSTEAD = new AtomicReference<>();

    @Override
    public String of(UUID tenant) {
        String instead = INSTEAD.get();
        return instead == null ? tenant.toString() : instead;
    }
}
