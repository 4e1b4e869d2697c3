package io.ashlar.demo;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.ashlar.local.Services.Service;
import java.util.Map;

/**
 * A tenant's books at ingest-service.
 *
 * @param accepted records
 * @param stored records
 * @param dead records
 * @param inFlight records
 */
record Reconciliation(long accepted, long stored, long dead, long inFlight) {

    static Reconciliation of(Api api, String token) {
        JsonNode body = api.get(Service.INGEST, "/api/v1/reconciliation", token, Map.of())
                .expect(200)
                .body();
        return new Reconciliation(
                body.path("accepted").asLong(-1),
                body.path("stored").asLong(-1),
                body.path("dead").asLong(-1),
                body.path("in_flight").asLong(-1));
    }

    /** Waits until nothing is in flight. */
    static Reconciliation settled(Api api, String token) {
        return await().atMost(ofMinutes(2))
                .pollInterval(ofMillis(200))
                .until(
                        () -> of(api, token),
                        books -> books.inFlight == 0 && books.accepted == books.stored + books.dead);
    }

    Reconciliation since(Reconciliation before) {
        return new Reconciliation(
                accepted - before.accepted, stored - before.stored, dead - before.dead, inFlight - before.inFlight);
    }
}
