package io.ashlar.export.queue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A claimed job.
 *
 * @param id names it
 * @param tenant whose it is
 * @param subject who asked
 * @param kind chooses the handler
 * @param attempt this one, from 1
 * @param maxAttempts after which it is dead
 * @param fence this claim's fencing token
 * @param spec what to do; the handler knows its form
 * @param asOf the instant the result speaks of
 * @param traceparent the request's trace context
 * @param requestId the request's id
 */
public record Job(
        UUID id,
        UUID tenant,
        String subject,
        String kind,
        int attempt,
        int maxAttempts,
        long fence,
        JsonNode spec,
        JsonNode asOf,
        @Nullable String traceparent,
        @Nullable String requestId) {}
