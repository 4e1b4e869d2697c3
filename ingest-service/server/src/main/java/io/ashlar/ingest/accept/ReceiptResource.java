package io.ashlar.ingest.accept;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Publishes the keys that verify receipts. */
@Path("/api/v1/receipts")
@Tag(name = "receipts")
public class ReceiptResource {

    private final ReceiptBook book;

    ReceiptResource(ReceiptBook book) {
        this.book = book;
    }

    @GET
    @Path("/jwks")
    @PermitAll
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "The public keys of receipts as a JWK set (RFC 7517)")
    public String jwks() {
        return book.jwks();
    }
}
