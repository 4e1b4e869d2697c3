package io.ashlar.guard.app;

import io.ashlar.authz.call.ServiceCall;
import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.guard.identity.Caller;
import io.ashlar.guard.identity.CurrentCaller;
import io.ashlar.guard.permission.RequiresPermission;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Path("/trial")
@Produces(MediaType.APPLICATION_JSON)
public class TrialResource {

    /** A body with one field of each shape. */
    public record Body(
            @Nullable String name,
            @Nullable Integer count,
            @Nullable Boolean hot,
            @Nullable Kind kind,
            @Nullable Instant eventAt,
            @Nullable UUID tenant,
            @Nullable List<Part> parts) {}

    /** A nested field. */
    public record Part(@Nullable String label) {}

    /** Allowed values. */
    public enum Kind {
        STRING,
        BOOL
    }

    private final CurrentCaller caller;

    TrialResource(CurrentCaller caller) {
        this.caller = caller;
    }

    @GET
    @Path("me")
    @RunOnVirtualThread
    public Map<String, Object> me() {
        Caller me = caller.get();
        return Map.of(
                "subject", me.subject(),
                "tenant", String.valueOf(me.tenant()),
                "acting_service", String.valueOf(me.actingService()),
                "amr", me.amr().stream().sorted().toList(),
                "virtual", Thread.currentThread().isVirtual());
    }

    @GET
    @Path("open")
    @PermitAll
    public Map<String, String> open() {
        return Map.of("open", "yes");
    }

    @GET
    @Path("tenant")
    @RunOnVirtualThread
    public Map<String, String> tenant() {
        return Map.of("tenant", caller.get().requireTenant().toString());
    }

    @GET
    @Path("admin")
    @RolesAllowed("platform:admin")
    public Map<String, String> admin() {
        return Map.of("admin", "yes");
    }

    @GET
    @Path("datasets/{name}")
    @RunOnVirtualThread
    @RequiresPermission(action = "dataset.query", resourceType = "Dataset", resourceId = "name")
    public Map<String, Object> dataset() {
        return Map.of("virtual", Thread.currentThread().isVirtual());
    }

    @GET
    @Path("reactive/{name}")
    @RequiresPermission(action = "dataset.query", resourceType = "Dataset", resourceId = "name")
    public Uni<Map<String, String>> reactive() {
        return Uni.createFrom().item(Map.of("thread", "event loop"));
    }

    @GET
    @Path("by-query")
    @RunOnVirtualThread
    @RequiresPermission(
            action = "dataset.query",
            resourceType = "Dataset",
            resourceId = "dataset",
            resourceFrom = RequiresPermission.From.QUERY)
    public Map<String, String> byQuery(@QueryParam("dataset") String dataset) {
        return Map.of("dataset", dataset);
    }

    @POST
    @Path("by-body")
    @Consumes(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    @RequiresPermission(
            action = "dataset.query",
            resourceType = "Dataset",
            resourceId = "/parts/0/label",
            resourceFrom = RequiresPermission.From.BODY)
    public Map<String, String> byBody(@HeaderParam("X-Request-ID") @Nullable String id, @Nullable Body body) {
        return Map.of("name", String.valueOf(body == null ? null : body.name()));
    }

    @POST
    @Path("by-bytes")
    @Consumes(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    @RequiresPermission(
            action = "dataset.query",
            resourceType = "Dataset",
            resourceId = "/dataset",
            resourceFrom = RequiresPermission.From.BODY)
    public Map<String, Integer> byBytes(byte[] body) {
        return Map.of("bytes", body.length);
    }

    @POST
    @Path("by-body-reactive")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(
            action = "dataset.query",
            resourceType = "Dataset",
            resourceId = "/name",
            resourceFrom = RequiresPermission.From.BODY)
    public Uni<Map<String, String>> byBodyReactive(Body body) {
        return Uni.createFrom().item(Map.of("name", String.valueOf(body.name())));
    }

    @POST
    @Path("body")
    @Consumes(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    public Body body(Body body) {
        return body;
    }

    @POST
    @Path("bytes")
    @Consumes(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    public Map<String, Integer> bytes(byte[] body) {
        return Map.of("bytes", body.length);
    }

    @GET
    @Path("boom")
    @RunOnVirtualThread
    public String boom() {
        throw new IllegalStateException("SELECT secret FROM table");
    }

    @GET
    @Path("refused")
    @RunOnVirtualThread
    public String refused() {
        throw new ProblemException(
                        DoorError.UNAVAILABLE,
                        "not yet",
                        List.of(new Fault("too_long", "/name", "too long", List.of("a", "b"), "a")))
                .retryAfter(7);
    }

    @GET
    @Path("call")
    @RunOnVirtualThread
    public String call() {
        try (ServiceCall nobody =
                ServiceCall.to("router", URI.create("http://127.0.0.1:1")).build()) {
            return nobody.get("/", String.class);
        }
    }
}
