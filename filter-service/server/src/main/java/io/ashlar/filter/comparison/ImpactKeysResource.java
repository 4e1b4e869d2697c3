package io.ashlar.filter.comparison;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The public keys. */
@Path("/api/v1/impact/jwks")
@Tag(name = "impact")
public final class ImpactKeysResource {

    private static final int FRESH_SECONDS = 300;

    private final String jwks;

    ImpactKeysResource(Signer signer) {
        this.jwks = signer.keys().jwks();
    }

    @GET
    @PermitAll
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "impactKeys", summary = "The keys that impacts are signed with (RFC 7517)")
    @APIResponse(
            responseCode = "200",
            description = "The key set, the active key first",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Object.class),
                            examples =
                                    @ExampleObject(
                                            name = "keys",
                                            value =
                                                    "{\"keys\": [{\"kty\": \"OKP\", \"crv\": \"Ed25519\","
                                                            + " \"kid\": \"k1\", \"use\": \"sig\", \"alg\": \"EdDSA\", \"x\": \"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}]}")))
    public Response jwks() {
        CacheControl fresh = new CacheControl();
        fresh.setMaxAge(FRESH_SECONDS);
        return Response.ok(jwks).cacheControl(fresh).build();
    }
}
