package io.ashlar.authz.bench;

import io.smallrye.common.annotation.NonBlocking;
import io.vertx.ext.web.Router;
import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What there is to compare with: a route that says nothing, before any filter; and a resource that says nothing, behind the door. */
@Path(EmptyEndpoints.RESOURCE)
public class EmptyEndpoints {

    static final String ROUTE = "/trial/empty-route";
    static final String RESOURCE = "/trial/empty-resource";

    private static final int FIRST = -1_000_000;

    void add(@Observes Router router) {
        router.route(ROUTE).order(FIRST).handler(context -> context.response().end());
    }

    /** Nothing. */
    @GET
    @PermitAll
    @NonBlocking
    @Operation(hidden = true)
    public String nothing() {
        return "";
    }
}
