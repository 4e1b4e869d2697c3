package io.ashlar.export.signing;

import io.ashlar.export.receipt.ReceiptKeys;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The public keys. */
@Path("/api/v1/receipts/jwks")
@Tag(name = "receipts")
public final class ReceiptKeysResource {

    private static final int FRESH_SECONDS = 300;

    private final String jwks;

    ReceiptKeysResource(ReceiptKeys keys) {
        this.jwks = keys.jwks();
    }

    @GET
    @PermitAll
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "The keys that receipts are signed with (RFC 7517)")
    public Response jwks() {
        CacheControl fresh = new CacheControl();
        fresh.setMaxAge(FRESH_SECONDS);
        return Response.ok(jwks).cacheControl(fresh).build();
    }
}
