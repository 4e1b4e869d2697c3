package io.ashlar.router.flight;

import java.util.UUID;

/**
 * What a flight sets {@code ashlar.tenant} to. A seam: the test that loses the setting on purpose replaces it, and nothing
 * else does.
 */
public interface TenantSetting {

    String of(UUID tenant);
}
