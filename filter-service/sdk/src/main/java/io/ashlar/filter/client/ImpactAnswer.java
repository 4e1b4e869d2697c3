package io.ashlar.filter.client;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A signed impact.
 *
 * @param impact compact JWS (EdDSA), for {@link io.ashlar.filter.impact.ImpactVerifier}
 * @param result its payload, to read; only the signed one counts
 */
public record ImpactAnswer(String impact, JsonNode result) {}
