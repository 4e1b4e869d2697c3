package io.ashlar.ingest.client;

import io.ashlar.authz.call.CallFailedException;
import io.ashlar.authz.call.Headers;
import io.ashlar.authz.call.OnBehalfOf;
import io.ashlar.authz.call.ServiceCall;
import java.util.List;
import java.util.Map;

/** Blocking client of ingest-service. Thread-safe. Every method throws {@link CallFailedException} for a failed call. */
public final class IngestClient {

    private static final String TELEMETRY = "/api/v1/telemetry";
    private static final String NDJSON = "application/x-ndjson";

    private final ServiceCall call;

    public IngestClient(ServiceCall call) {
        this.call = call;
    }

    /** The same client acting for a user. */
    public IngestClient onBehalfOf(OnBehalfOf user) {
        return new IngestClient(call.onBehalfOf(user));
    }

    /** Declares an attribute; harmless when repeated. A kind never changes, {@code hot} may. */
    public Attribute declare(String name, String kind, boolean hot) {
        return call.put(
                "/api/v1/attributes/" + ServiceCall.segment(name), Map.of("kind", kind, "hot", hot), Attribute.class);
    }

    /** The first page of the tenant's attributes. */
    public AttributePage attributes() {
        return call.get("/api/v1/attributes", AttributePage.class);
    }

    /** Sends a batch; safe to repeat with the same key and the same events. */
    public BatchAnswer send(String batchKey, List<TelemetryEvent> events) {
        return call.header(Headers.IDEMPOTENCY_KEY, batchKey)
                .post(TELEMETRY, Map.of("records", events), BatchAnswer.class);
    }

    /** Sends a batch that is written already, one JSON object per line. */
    public BatchAnswer sendLines(String batchKey, byte[] ndjson) {
        return call.header(Headers.IDEMPOTENCY_KEY, batchKey)
                .exchange("POST", TELEMETRY, ndjson, NDJSON, BatchAnswer.class)
                .body();
    }

    /** What became of all the tenant's records. */
    public Reconciliation reconciliation() {
        return call.get("/api/v1/reconciliation", Reconciliation.class);
    }
}
