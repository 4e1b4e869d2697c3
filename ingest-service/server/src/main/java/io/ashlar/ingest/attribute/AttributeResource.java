package io.ashlar.ingest.attribute;

import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.guard.identity.CurrentCaller;
import io.ashlar.guard.permission.RequiresPermission;
import io.ashlar.ingest.IngestError;
import io.ashlar.ingest.attribute.AttributeStore.Declared;
import io.ashlar.ingest.client.Attribute;
import io.ashlar.ingest.client.AttributePage;
import io.ashlar.ingest.event.AttributeKind;
import io.ashlar.ingest.event.EventTime;
import io.ashlar.ingest.page.ListCursors;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Declares and lists attributes. */
@Path("/api/v1/attributes")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "attributes")
@RunOnVirtualThread
public class AttributeResource {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");
    private static final int PAGE_MAX = 500;
    private static final String LIST = "attributes";

    private final AttributeStore store;
    private final ListCursors cursors;
    private final CurrentCaller caller;

    AttributeResource(AttributeStore store, ListCursors cursors, CurrentCaller caller) {
        this.store = store;
        this.cursors = cursors;
        this.caller = caller;
    }

    @PUT
    @Path("/{name}")
    @RequiresPermission(action = "attribute.declare")
    @Operation(summary = "Declare an attribute", description = "Harmless when repeated. A kind never changes; hot may.")
    @APIResponse(responseCode = "200", description = "declared")
    @APIResponse(responseCode = "409", description = "declared with another kind, or too many")
    public Response declare(
            @PathParam("name") String name,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @Nullable AttributeDeclaration body) {
        AttributeKind kind = checked(name, body);
        boolean hot = body == null || body.hot() == null || body.hot();
        Declared outcome = store.declare(caller.get().requireTenant(), name, kind, hot, version(ifMatch));
        return switch (outcome) {
            case Declared.Made made -> answer(201, made.attribute());
            case Declared.Kept kept -> answer(200, kept.attribute());
            case Declared.OtherKind other ->
                throw new ProblemException(
                        IngestError.ATTRIBUTE_KIND_FIXED,
                        "the attribute is " + other.attribute().kind().wire());
            case Declared.Stale stale ->
                throw new ProblemException(DoorError.PRECONDITION_FAILED, "the attribute has another version");
            case Declared.TooMany many ->
                throw new ProblemException(IngestError.ATTRIBUTE_LIMIT_REACHED, "the tenant has all it may have");
        };
    }

    @GET
    @RequiresPermission(action = "dataset.query")
    @Operation(summary = "List attributes by name")
    @APIResponse(responseCode = "200", description = "a page")
    public AttributePage list(
            @QueryParam("limit") @DefaultValue("100") int limit, @QueryParam("cursor") @Nullable String cursor) {
        if (limit < 1 || limit > PAGE_MAX) {
            throw new ProblemException(
                    DoorError.INVALID_REQUEST,
                    "a parameter is not usable",
                    List.of(new Fault("out_of_range", "query:limit", "1 to " + PAGE_MAX)));
        }
        UUID tenant = caller.get().requireTenant();
        String after = cursor == null ? "" : cursors.open(tenant, LIST, cursor);
        List<DeclaredAttribute> found = store.page(tenant, after, limit + 1);
        boolean more = found.size() > limit;
        List<Attribute> page =
                found.stream().limit(limit).map(AttributeResource::wire).toList();
        String next = more ? cursors.seal(tenant, LIST, page.getLast().name()) : null;
        return new AttributePage(page, next);
    }

    private static AttributeKind checked(String name, @Nullable AttributeDeclaration body) {
        List<Fault> faults = new ArrayList<>();
        if (!NAME.matcher(name).matches()) {
            faults.add(new Fault(
                    IngestError.ATTRIBUTE_NAME_INVALID.code(),
                    "path:name",
                    "a-z, 0-9 and _, at most 63, a letter first"));
        }
        String wire = body == null ? null : body.kind();
        AttributeKind kind = wire == null ? null : AttributeKind.ofWire(wire).orElse(null);
        if (kind == null) {
            faults.add(new Fault(
                    wire == null ? "required" : "invalid_format", "/kind", "a kind", AttributeKind.wireNames(), null));
        }
        if (kind == null || !faults.isEmpty()) {
            throw new ProblemException(DoorError.INVALID_REQUEST, "the declaration is not usable", faults);
        }
        return kind;
    }

    private static @Nullable Instant version(@Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.equals("*")) {
            return null;
        }
        try {
            return EventTime.instantOf(Long.parseLong(ifMatch.replace("\"", "")));
        } catch (NumberFormatException otherVersion) {
            return Instant.EPOCH;
        }
    }

    private static Response answer(int status, DeclaredAttribute attribute) {
        return Response.status(status)
                .entity(wire(attribute))
                .header("ETag", "\"" + EventTime.microsOf(attribute.updatedAt()) + "\"")
                .build();
    }

    private static Attribute wire(DeclaredAttribute attribute) {
        return new Attribute(
                attribute.name(),
                attribute.kind().wire(),
                attribute.hot(),
                attribute.createdAt(),
                attribute.attributeId());
    }
}
