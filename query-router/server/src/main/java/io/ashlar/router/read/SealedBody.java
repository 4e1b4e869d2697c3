package io.ashlar.router.read;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The body of every read.
 *
 * @param sealed a JWS that filter-service wrote less than a minute ago
 */
public record SealedBody(
        @Schema(examples = "eyJhbGciOiJIUzI1NiIsInR5cCI6ImFzaGxhci1xdWVyeStqd3QiLCJraWQiOiJrMSJ9.eyJ….mac") @Nullable String sealed) {}
