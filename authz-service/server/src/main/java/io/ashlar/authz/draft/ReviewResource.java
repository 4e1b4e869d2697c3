package io.ashlar.authz.draft;

import com.fasterxml.jackson.databind.JsonNode;
import io.ashlar.authz.AuthzError;
import io.ashlar.authz.body.Bodies;
import io.ashlar.authz.page.Expected;
import io.ashlar.authz.page.IdCursors;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.authz.publication.DifferencePage;
import io.ashlar.authz.publication.PolicyDifference;
import io.ashlar.authz.publication.Reasons;
import io.ashlar.authz.review.PolicyReview;
import io.ashlar.authz.review.ReviewReport;
import io.ashlar.authz.review.TestOutcome;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.guard.identity.CurrentCaller;
import io.ashlar.guard.permission.RequiresPermission;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
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

/** What is done with a draft: it is compared, validated, tested, published. */
@Path("/api/v1/policy-drafts/{id}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "policy drafts")
@RunOnVirtualThread
class ReviewResource {

    private final CurrentCaller current;
    private final DraftStore store;
    private final PolicyReview review;
    private final DraftPublishing publishing;
    private final IdCursors cursors;

    ReviewResource(
            CurrentCaller current,
            DraftStore store,
            PolicyReview review,
            DraftPublishing publishing,
            IdCursors cursors) {
        this.current = current;
        this.store = store;
        this.review = review;
        this.publishing = publishing;
        this.cursors = cursors;
    }

    /** A draft that is valid; by {@code schema}, or by {@code syntax} alone where the set has none. */
    record Valid(String validated, List<Fault> warnings) {}

    /** How the test cases went. */
    record Tested(int passed, int failed, List<TestOutcome> cases) {}

    /** A draft that is in force. */
    record InForce(long version) {}

    @GET
    @Path("diff")
    @RequiresPermission(action = "policy.read")
    @Operation(summary = "What would be different if the draft were published now, by policy")
    public DifferencePage diff(
            @PathParam("id") String id,
            @QueryParam("limit") @Nullable Integer limit,
            @QueryParam("cursor") @Nullable String cursor) {
        UUID tenant = current.get().requireTenant();
        DraftStore.Standing standing = store.standing(tenant, id);
        String list = "policy-drafts/" + id + '/' + standing.draft().edition();
        IdCursors.Slice slice = cursors.slice(tenant, list, limit, cursor);
        List<PolicyDifference> read = DifferencePage.between(standing.present(), standing.next()).stream()
                .filter(difference -> difference.id().compareTo(slice.after()) > 0)
                .limit(slice.limit() + 1L)
                .toList();
        return DifferencePage.of(
                cursors.page(tenant, list, slice, read, PolicyDifference::id), standing.present(), standing.next());
    }

    @POST
    @Path("validate")
    @RequiresPermission(action = "policy.draft")
    @Operation(summary = "Validates the set as it would be: syntax, and strictly by its schema if it has one")
    public Valid validate(@PathParam("id") String id) {
        ReviewReport report = review(id);
        return new Valid(report.validated(), report.warnings());
    }

    @POST
    @Path("test")
    @RequiresPermission(action = "policy.draft")
    @Operation(summary = "Runs the set's own test cases on the set as it would be")
    public Tested test(@PathParam("id") String id) {
        ReviewReport report = review(id);
        int failed = report.failures().size();
        return new Tested(report.tests().size() - failed, failed, report.tests());
    }

    private ReviewReport review(String id) {
        DraftStore.Standing standing = store.standing(current.get().requireTenant(), id);
        ReviewReport report = review.review(
                standing.next(), standing.draft().change().policies().keySet());
        if (!report.faults().isEmpty()) {
            throw new ProblemException(AuthzError.POLICY_INVALID, "the policies are not valid", report.faults());
        }
        return report;
    }

    @POST
    @Path("publish")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(action = "policy.publish")
    @Operation(summary = "Puts the draft in force as an immutable version, if it is valid and all test cases pass")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            examples = @ExampleObject(name = "reason", value = """
                                                    {"reason":"as agreed with the analysts"}
                                                    """)))
    public InForce publish(
            @PathParam("id") String id, @HeaderParam("If-Match") @Nullable String ifMatch, @Nullable JsonNode body) {
        List<Fault> faults = new ArrayList<>();
        String reason = Reasons.read(new Bodies(faults), body);
        Bodies.refuse(faults);
        return new InForce(publishing.publish(current.get(), id, new Expected(ifMatch, null), reason));
    }
}
