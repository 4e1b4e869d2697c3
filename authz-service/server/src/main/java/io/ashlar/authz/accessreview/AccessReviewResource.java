package io.ashlar.authz.accessreview;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.ashlar.authz.accessreview.Grant.Said;
import io.ashlar.authz.body.Bodies;
import io.ashlar.authz.page.IdCursors;
import io.ashlar.authz.page.IdCursors.Slice;
import io.ashlar.authz.page.IdPage;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.guard.identity.Caller;
import io.ashlar.guard.identity.CurrentCaller;
import io.ashlar.guard.permission.RequiresPermission;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Access reviews of the caller's tenant. */
@Path("/api/v1/access-reviews")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "access reviews")
@RunOnVirtualThread
class AccessReviewResource {

    private static final String LIST = "access-reviews";

    private final CurrentCaller current;
    private final AccessReviews reviews;
    private final IdCursors cursors;
    private final AccessReviewConfig config;

    AccessReviewResource(CurrentCaller current, AccessReviews reviews, IdCursors cursors, AccessReviewConfig config) {
        this.current = current;
        this.reviews = reviews;
        this.cursors = cursors;
        this.config = config;
    }

    /** A page of all that was said, and what came of it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record EvidencePage(
            Review review,
            Review.Counts counts,
            List<Said> items,
            @Nullable String nextCursor) {}

    @GET
    @RequiresPermission(action = "access.read")
    @Operation(summary = "Reviews in order of their ids")
    public IdPage<Review> list(
            @QueryParam("limit") @Nullable Integer limit, @QueryParam("cursor") @Nullable String cursor) {
        UUID tenant = current.get().requireTenant();
        Slice slice = cursors.slice(tenant, LIST, limit, cursor);
        return cursors.page(tenant, LIST, slice, reviews.list(tenant, slice), Review::id);
    }

    @PUT
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(action = "access.review")
    @Operation(summary = "Begins a review of who has what now; it stays as it began")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            examples = @ExampleObject(name = "quarter", value = """
                                                    {"due_at":"2027-01-31T00:00:00Z","lapse":true,"roles":["admin","publisher"],
                                                     "reason":"access of the fourth quarter"}
                                                    """)))
    public Response put(@PathParam("id") String id, @Nullable JsonNode body) {
        Review.Wanted wanted = ReviewReader.review(id, body, config.horizon());
        Caller caller = current.get();
        AccessReviews.Written written = reviews.put(caller.requireTenant(), caller.subject(), wanted);
        return Response.status(written.created() ? Response.Status.CREATED : Response.Status.OK)
                .entity(written.whole())
                .build();
    }

    @GET
    @Path("{id}")
    @RequiresPermission(action = "access.read")
    @Operation(summary = "One review, and how far it is")
    public Review.Whole get(@PathParam("id") String id) {
        return reviews.find(current.get().requireTenant(), id);
    }

    @GET
    @Path("{id}/grants")
    @RequiresPermission(action = "access.read")
    @Operation(
            summary =
                    "Who has what, what it permits, and what was said of it; with state=unattested only what waits for a word")
    public IdPage<Grant> grants(
            @PathParam("id") String id,
            @QueryParam("state") @Nullable String state,
            @QueryParam("limit") @Nullable Integer limit,
            @QueryParam("cursor") @Nullable String cursor) {
        if (state != null && !state.equals("unattested")) {
            Bodies.refuse(List.of(
                    new Fault("value_invalid", "/state", "there is no such word", List.of("unattested"), null)));
        }
        UUID tenant = current.get().requireTenant();
        String list = LIST + '/' + id + "/grants/" + (state == null ? "" : state);
        Slice slice = cursors.slice(tenant, list, limit, cursor);
        return cursors.page(tenant, list, slice, reviews.grants(tenant, id, state != null, slice), Grant::id);
    }

    @POST
    @Path("{id}/attestations")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(action = "access.attest")
    @Operation(summary = "Says of up to 500 grants whether they are kept; what is revoked ends at once")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            examples = @ExampleObject(name = "two", value = """
                                                    {"items":[
                                                     {"subject":{"type":"User","id":"ana"},"grant":{"type":"Role","id":"viewer"},"verdict":"keep","until":"2027-06-30T00:00:00Z"},
                                                     {"subject":{"type":"User","id":"ben"},"grant":{"type":"Group","id":"west"},"verdict":"revoke","reason":"has moved"}]}
                                                    """)))
    public Review.Whole attest(@PathParam("id") String id, @Nullable JsonNode body) {
        return reviews.attest(current.get(), id, ReviewReader.attestations(body, config.horizon()));
    }

    @GET
    @Path("{id}/evidence")
    @RequiresPermission(action = "access.review")
    @Operation(summary = "All that was said in a review: who kept and revoked what and when, and what has lapsed")
    public EvidencePage evidence(
            @PathParam("id") String id,
            @QueryParam("limit") @Nullable Integer limit,
            @QueryParam("cursor") @Nullable String cursor) {
        UUID tenant = current.get().requireTenant();
        String list = LIST + '/' + id + "/evidence";
        Slice slice = cursors.slice(tenant, list, limit, cursor);
        long after = slice.after().isEmpty() ? 0 : Long.parseLong(slice.after());
        AccessReviews.Evidence evidence = reviews.evidence(tenant, id, after, slice.limit());
        IdPage<Said> page = cursors.page(tenant, list, slice, evidence.said(), said -> Long.toString(said.number()));
        return new EvidencePage(evidence.whole().review(), evidence.whole().counts(), page.items(), page.nextCursor());
    }
}
