package io.ashlar.authz.decision;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** AuthZEN's discovery document. */
@Path("/.well-known/authzen-configuration")
@Tag(name = "decisions")
class DiscoveryResource {

    private final DiscoveryConfig config;

    DiscoveryResource(DiscoveryConfig config) {
        this.config = config;
    }

    @GET
    @PermitAll
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Where the AuthZEN endpoints are")
    public Map<String, String> discover(@Context UriInfo request) {
        URI base = config.publicUrl().orElse(request.getBaseUri());
        Map<String, String> document = new TreeMap<>();
        document.put("policy_decision_point", base.toString().replaceAll("/+$", ""));
        document.put(
                "access_evaluation_endpoint",
                base.resolve("/access/v1/evaluation").toString());
        return document;
    }
}
