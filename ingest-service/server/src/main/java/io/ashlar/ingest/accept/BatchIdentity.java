package io.ashlar.ingest.accept;

import java.util.UUID;

/**
 * What names a batch.
 *
 * @param producer the {@code sub} that sent it
 * @param key unique per tenant and producer for a day
 */
record BatchIdentity(UUID tenant, String producer, String key) {}
