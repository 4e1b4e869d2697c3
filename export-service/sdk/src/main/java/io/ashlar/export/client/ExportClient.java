package io.ashlar.export.client;

import io.ashlar.authz.call.Answer;
import io.ashlar.authz.call.Headers;
import io.ashlar.authz.call.ServiceCall;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Blocking client of export-service. Thread-safe. Every method throws {@link io.ashlar.authz.call.CallFailedException} for a
 * refusal or a service out of reach.
 */
public final class ExportClient {

    private static final String EXPORTS = "/api/v1/exports";

    private final ServiceCall call;

    /**
     * Uses a built call; who closes it stays its owner.
     *
     * @param call to export-service, with the caller's bearer token
     */
    public ExportClient(ServiceCall call) {
        this.call = call;
    }

    /**
     * Asks for an export.
     *
     * @param idempotencyKey asking again with the same key and request answers the same export; null: every call is a new one
     */
    public Export create(ExportRequest request, @Nullable String idempotencyKey) {
        ServiceCall asked = idempotencyKey == null ? call : call.header(Headers.IDEMPOTENCY_KEY, idempotencyKey);
        return asked.post(EXPORTS, request, Export.class);
    }

    public Export get(UUID id) {
        return call.get(path(id), Export.class);
    }

    /**
     * One page.
     *
     * @param limit 1 to 200
     * @param cursor of the page before, null for the first
     */
    public ExportPage list(int limit, @Nullable String cursor) {
        String query = cursor == null ? "" : "&cursor=" + ServiceCall.segment(cursor);
        return call.get(EXPORTS + "?limit=" + limit + query, ExportPage.class);
    }

    /** Asks for the end of an export; a running one ends at its next heartbeat. Harmless when repeated. */
    public Export cancel(UUID id) {
        // Cancelling twice is cancelling once.
        return call.repeatable()
                .exchange("POST", path(id) + "/cancel", null, Export.class)
                .body();
    }

    /**
     * The signed link to the file, good for a few minutes and to be fetched without a token. Asks the service, which checks the
     * permission again; does not fetch the file.
     *
     * @throws IllegalStateException if the service answers with success but no link
     */
    public URI download(UUID id) {
        Answer<byte[]> answer = call.exchange("GET", path(id) + "/download", null, byte[].class);
        Optional<String> location = answer.header("Location");
        return URI.create(location.orElseThrow(
                () -> new IllegalStateException("export-service answered " + answer.status() + " without a link")));
    }

    /** The signed receipt, a compact JWS for {@link io.ashlar.export.receipt.ReceiptVerifier}. */
    public String receipt(UUID id) {
        return call.get(path(id) + "/receipt", String.class);
    }

    /** The keys that receipts are signed with, a JSON Web Key Set. Pin it: whoever serves it could sign. */
    public String receiptKeys() {
        return call.get("/api/v1/receipts/jwks", String.class);
    }

    private static String path(UUID id) {
        return EXPORTS + "/" + id;
    }
}
