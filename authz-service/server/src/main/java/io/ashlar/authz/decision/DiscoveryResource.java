package io.ashlar.authz.decision;

import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.Cache;

/** AuthZEN's discovery document: at the well-known place of the decision point's own URL (RFC 8615). */
@Path("/.well-known/authzen-configuration")
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "decisions")
class DiscoveryResource {

    private static final Map<String, String> ENDPOINTS = Map.of(
            "access_evaluation_endpoint", "/access/v1/evaluation",
            "access_evaluations_endpoint", "/access/v1/evaluations",
            "search_subject_endpoint", "/access/v1/search/subject",
            "search_resource_endpoint", "/access/v1/search/resource",
            "search_action_endpoint", "/access/v1/search/action");

    private final Optional<String> configured;

    DiscoveryResource(DiscoveryConfig config) {
        this.configured = config.publicUrl().map(DiscoveryResource::identifier);
    }

    @GET
    @Cache(maxAge = 3_600)
    @Operation(summary = "Where the AuthZEN endpoints are")
    public Map<String, String> discover(@Context UriInfo request) {
        return document("", request);
    }

    @GET
    @Path("{path: .+}")
    @Cache(maxAge = 3_600)
    @Operation(summary = "The same, where the decision point's URL has a path")
    public Map<String, String> discover(@PathParam("path") String path, @Context UriInfo request) {
        return document('/' + path, request);
    }

    /** Who asks under another URL than ours must not be told ours: the two would not be one decision point. */
    private Map<String, String> document(String path, UriInfo request) {
        String base = configured.orElseGet(() -> identifier(request.getBaseUri()));
        if (!path.equals(Objects.requireNonNullElse(URI.create(base).getPath(), ""))) {
            throw new ProblemException(DoorError.NOT_FOUND, "there is no decision point of that path");
        }
        Map<String, String> document = new TreeMap<>();
        document.put("policy_decision_point", base);
        ENDPOINTS.forEach((name, endpoint) -> document.put(name, base + endpoint));
        return document;
    }

    private static String identifier(URI url) {
        if (url.getRawQuery() != null || url.getRawFragment() != null || url.getHost() == null) {
            throw new IllegalArgumentException(
                    "ashlar.authz.discovery.public-url is an absolute URL without query and fragment");
        }
        return url.toString().replaceAll("/+$", "");
    }
}
