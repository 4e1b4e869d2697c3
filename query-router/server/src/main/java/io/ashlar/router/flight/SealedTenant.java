package io.ashlar.router.flight;

import io.quarkus.arc.DefaultBean;
import jakarta.inject.Singleton;
import java.util.UUID;

/** The seal's tenant, as it is. */
@DefaultBean
@Singleton
final class SealedTenant implements TenantSetting {

    @Override
    public String of(UUID tenant) {
        return tenant.toString();
    }
}
