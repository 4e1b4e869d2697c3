package io.ashlar.authz.shared;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ashlar.authz.body.Bodies;
import io.ashlar.authz.page.Editions;
import io.ashlar.authz.page.Expected;
import io.ashlar.authz.page.IdCursors;
import io.ashlar.authz.page.IdPage;
import io.ashlar.authz.policyset.ChangeJson;
import io.ashlar.authz.policyset.Document;
import io.ashlar.authz.policyset.Names;
import io.ashlar.authz.policyset.PolicyChange;
import io.ashlar.authz.publication.Reasons;
import io.ashlar.authz.review.PolicyReview;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.guard.identity.CurrentCaller;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
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
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Shared sets as the platform's operators see them. */
@Path("/api/v1/platform/policy-sets")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed("platform:admin")
@Tag(name = "shared policy sets")
@RunOnVirtualThread
class PlatformSetResource {

    private static final String LIST = "platform-policy-sets";

    /** No tenant: cursors of this list are of nobody's. */
    private static final UUID PLATFORM = new UUID(0, 0);

    private final CurrentCaller current;
    private final SharedStore store;
    private final IdCursors cursors;

    PlatformSetResource(CurrentCaller current, SharedStore store, IdCursors cursors) {
        this.current = current;
        this.store = store;
        this.cursors = cursors;
    }

    @GET
    @Operation(summary = "Sets in their newest versions, without their texts")
    public IdPage<SharedVersion> list(
            @QueryParam("limit") @Nullable Integer limit, @QueryParam("cursor") @Nullable String cursor) {
        IdCursors.Slice slice = cursors.slice(PLATFORM, LIST, limit, cursor);
        return cursors.page(PLATFORM, LIST, slice, store.list(slice), SharedVersion::id);
    }

    @GET
    @Path("{id}")
    @Operation(summary = "One set, in its newest version or an earlier one")
    public Response get(@PathParam("id") String id, @QueryParam("version") @Nullable Long version) {
        SharedVersion set = store.find(id, version == null ? OptionalLong.empty() : OptionalLong.of(version));
        return Editions.answer(false, set, set.version());
    }

    @PUT
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary =
                    "Publishes a set whole, as a version, for all tenants that take it; no policies take it out of force")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            examples = @ExampleObject(name = "guardrails", value = """
                                                    {"reason":"exports leave the house only by people","mandatory":false,
                                                     "policies":{"no-machine-exports":"forbid(principal is Service, action == Action::\\"export.create\\", resource);"}}
                                                    """)))
    public Response put(
            @PathParam("id") String id,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @HeaderParam("If-None-Match") @Nullable String ifNoneMatch,
            @Nullable JsonNode body) {
        SharedStore.Written written =
                store.put(current.get().subject(), read(id, body), new Expected(ifMatch, ifNoneMatch));
        return Editions.answer(written.created(), written.set(), written.set().version());
    }

    private static SharedVersion read(String id, @Nullable JsonNode body) {
        List<Fault> faults = new ArrayList<>();
        Bodies bodies = new Bodies(faults);
        Names.check(id, "/id", "a set", faults);
        boolean object = bodies.only(body, List.of("policies", "tests", "mandatory", "reason"));
        JsonNode read = object && body != null ? body : JsonNodeFactory.instance.objectNode();
        if (object && !read.has("policies")) {
            faults.add(new Fault("missing_key", "/policies", "expected an object of policies"));
        }
        PolicyChange whole = ChangeJson.read(read, PolicyReview.POLICY_LENGTH_MAX, faults);
        SortedMap<String, String> policies = new TreeMap<>();
        for (Map.Entry<String, Optional<String>> policy : whole.policies().entrySet()) {
            policy.getValue()
                    .ifPresentOrElse(
                            text -> policies.put(policy.getKey(), text),
                            () -> faults.add(new Fault(
                                    "wrong_type",
                                    "/policies/" + Bodies.escape(policy.getKey()),
                                    "a set is published whole: what is not named is not in it")));
        }
        JsonNode mandatory = read.path("mandatory");
        if (!mandatory.isMissingNode() && !mandatory.isBoolean()) {
            faults.add(new Fault("wrong_type", "/mandatory", "expected true or false"));
        }
        String reason = read.has("reason") ? bodies.text(read.path("reason"), "/reason", Reasons.LENGTH_MAX) : null;
        Bodies.refuse(faults);
        String tests =
                whole.documents().getOrDefault(Document.TESTS, Optional.empty()).orElse(null);
        return new SharedVersion(id, 0, policies, tests, mandatory.asBoolean(false), reason, "", Instant.EPOCH);
    }
}
