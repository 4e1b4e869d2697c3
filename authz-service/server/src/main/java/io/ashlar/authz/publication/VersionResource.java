package io.ashlar.authz.publication;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.ashlar.authz.body.Bodies;
import io.ashlar.authz.page.IdCursors;
import io.ashlar.authz.page.IdCursors.Slice;
import io.ashlar.authz.page.IdPage;
import io.ashlar.authz.policyset.Document;
import io.ashlar.authz.policyset.PolicySet;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.guard.identity.Caller;
import io.ashlar.guard.identity.CurrentCaller;
import io.ashlar.guard.permission.RequiresPermission;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Versions of the caller's tenant's policies. */
@Path("/api/v1/policy-versions")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "policies")
@RunOnVirtualThread
class VersionResource {

    private static final String LIST = "policy-versions";

    private final CurrentCaller current;
    private final VersionStore store;
    private final Publishing publishing;
    private final IdCursors cursors;

    VersionResource(CurrentCaller current, VersionStore store, Publishing publishing, IdCursors cursors) {
        this.current = current;
        this.store = store;
        this.publishing = publishing;
        this.cursors = cursors;
    }

    /** A version with what belongs to its policies. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Whole(
            VersionView version,
            int policies,
            @Nullable String schema,
            @Nullable String tests) {}

    /** A policy of a version. */
    record Text(String id, String cedar) {}

    @GET
    @RequiresPermission(action = "policy.read")
    @Operation(summary = "Versions, newest first")
    public IdPage<VersionView> list(
            @QueryParam("limit") @Nullable Integer limit, @QueryParam("cursor") @Nullable String cursor) {
        UUID tenant = current.get().requireTenant();
        Slice slice = cursors.slice(tenant, LIST, limit, cursor);
        return cursors.page(
                tenant, LIST, slice, store.list(tenant, slice), version -> Long.toString(version.version()));
    }

    @GET
    @Path("{version}")
    @RequiresPermission(action = "policy.read")
    @Operation(summary = "One version with its schema and test cases")
    public Whole get(@PathParam("version") String version) {
        UUID tenant = current.get().requireTenant();
        long number = number(version);
        VersionView view = store.find(tenant, number);
        PolicySet set = store.at(tenant, number);
        return new Whole(
                view,
                set.policies().size(),
                set.documents().get(Document.SCHEMA),
                set.documents().get(Document.TESTS));
    }

    @GET
    @Path("{version}/policies")
    @RequiresPermission(action = "policy.read")
    @Operation(summary = "The policies of a version")
    public IdPage<Text> policies(
            @PathParam("version") String version,
            @QueryParam("limit") @Nullable Integer limit,
            @QueryParam("cursor") @Nullable String cursor) {
        UUID tenant = current.get().requireTenant();
        long number = number(version);
        String list = LIST + '/' + number;
        Slice slice = cursors.slice(tenant, list, limit, cursor);
        List<Text> texts = store.at(tenant, number).policies().tailMap(slice.after()).entrySet().stream()
                .filter(policy -> policy.getKey().compareTo(slice.after()) > 0)
                .limit(slice.limit() + 1L)
                .map(policy -> new Text(policy.getKey(), policy.getValue()))
                .toList();
        return cursors.page(tenant, list, slice, texts, Text::id);
    }

    @GET
    @Path("{version}/diff")
    @RequiresPermission(action = "policy.read")
    @Operation(summary = "What differs from an earlier version, by policy")
    public DifferencePage diff(
            @PathParam("version") String version,
            @QueryParam("from") @Nullable Long from,
            @QueryParam("limit") @Nullable Integer limit,
            @QueryParam("cursor") @Nullable String cursor) {
        UUID tenant = current.get().requireTenant();
        long to = number(version);
        long base = from == null ? Math.max(1, to - 1) : from;
        String list = LIST + '/' + base + ".." + to;
        Slice slice = cursors.slice(tenant, list, limit, cursor);
        VersionStore.Pair pair = store.pair(tenant, base, to);
        return DifferencePage.of(
                page(cursors, tenant, list, slice, DifferencePage.between(pair.from(), pair.to())),
                pair.from(),
                pair.to());
    }

    private static IdPage<PolicyDifference> page(
            IdCursors cursors, UUID tenant, String list, Slice slice, List<PolicyDifference> all) {
        List<PolicyDifference> read = all.stream()
                .filter(difference -> difference.id().compareTo(slice.after()) > 0)
                .limit(slice.limit() + 1L)
                .toList();
        return cursors.page(tenant, list, slice, read, PolicyDifference::id);
    }

    @POST
    @Path("{version}/rollback")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(action = "policy.rollback")
    @Operation(summary = "Puts an earlier version in force again, as a new one")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            examples = @ExampleObject(name = "reason", value = """
                                                    {"reason":"analysts lost their home airport"}
                                                    """)))
    public VersionView rollback(@PathParam("version") String version, @Nullable JsonNode body) {
        List<Fault> faults = new ArrayList<>();
        String reason = Reasons.read(new Bodies(faults), body);
        Bodies.refuse(faults);
        Caller caller = current.get();
        UUID tenant = caller.requireTenant();
        Publishing.Published published =
                publishing.publish(tenant, caller.subject(), new Rollback(number(version), reason));
        return store.find(tenant, published.version());
    }

    private static long number(String version) {
        try {
            return Long.parseLong(version);
        } catch (NumberFormatException e) {
            throw VersionStore.notFound();
        }
    }
}
