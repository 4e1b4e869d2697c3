package io.ashlar.router.read;

import io.ashlar.authz.problem.ProblemException;
import io.ashlar.filter.dsl.Statement;
import io.ashlar.filter.seal.SealedQuery;
import io.ashlar.router.RouterError;
import io.ashlar.router.choice.Need;
import io.ashlar.router.client.AggregateAnswer;
import io.ashlar.router.client.CountAnswer;
import io.ashlar.router.client.DescribeAnswer;
import io.ashlar.router.client.ExplainAnswer;
import io.ashlar.router.client.PageAnswer;
import io.ashlar.router.client.Pool;
import io.ashlar.router.flight.Command;
import io.ashlar.router.flight.Flights;
import io.ashlar.router.tenant.Place;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** Sealed reads that fit into one answer. */
@Path("/api/v1")
@RolesAllowed("platform:service")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public final class ReadResource {

    private final SealDoor door;
    private final Admission admission;
    private final Reads reads;
    private final Flights flights;
    private final GuardedFlights guarded;

    ReadResource(SealDoor door, Admission admission, Reads reads, Flights flights, GuardedFlights guarded) {
        this.door = door;
        this.admission = admission;
        this.reads = reads;
        this.flights = flights;
        this.guarded = guarded;
    }

    @POST
    @Path("/page")
    @Operation(summary = "One page of rows after a keyset position")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = PageAnswer.class)))
    public byte[] page(@Nullable SealedBody body, @BeanParam NeedHeaders headers) {
        SealedQuery query = door.open(body, SealedQuery.Operation.PAGE);
        return page(query, headers, Compiled.page(query));
    }

    @POST
    @Path("/count")
    @Operation(summary = "How many rows match")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = CountAnswer.class)))
    public byte[] count(@Nullable SealedBody body, @BeanParam NeedHeaders headers) {
        SealedQuery query = door.open(body, SealedQuery.Operation.COUNT);
        Statement statement = Compiled.count(query);
        Pool pool = headers.pool();
        return AnswerJson.count(
                serve(query, headers, (node, demand, left) -> guarded.fly(node, pool, demand, statement, left)));
    }

    @POST
    @Path("/aggregate")
    @Operation(summary = "One page of groups after a keyset position")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = AggregateAnswer.class)))
    public byte[] aggregate(@Nullable SealedBody body, @BeanParam NeedHeaders headers) {
        SealedQuery query = door.open(body, SealedQuery.Operation.AGGREGATE);
        return page(query, headers, List.of(Compiled.aggregate(query)));
    }

    @POST
    @Path("/explain")
    @Operation(summary = "What the store expects of a page, a count, a stream or an aggregate; nothing is run")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ExplainAnswer.class)))
    public byte[] explain(@Nullable SealedBody body, @BeanParam NeedHeaders headers) {
        SealedQuery query = door.open(body, SealedQuery.Operation.EXPLAIN);
        Statement statement = Compiled.explained(query);
        Pool pool = headers.pool();
        return AnswerJson.explain(
                serve(query, headers, (node, demand, left) -> guarded.explain(node, pool, demand, statement, left)));
    }

    @POST
    @Path("/describe")
    @Operation(summary = "Columns and indexes of the dataset's relation, from the store's catalogue")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = DescribeAnswer.class)))
    public byte[] describe(@Nullable SealedBody body, @BeanParam NeedHeaders headers) {
        SealedQuery query = door.open(body, SealedQuery.Operation.DESCRIBE);
        Command command = Catalogue.describe(query.dataset().relation());
        Pool pool = headers.pool();
        Served<RowSet<Row>> served =
                serve(query, headers, (node, demand, left) -> flights.fly(node, pool, demand, command, left));
        if (served.value().size() == 0) {
            throw new ProblemException(RouterError.RELATION_UNKNOWN, "The store does not have what the dataset names.");
        }
        return AnswerJson.describe(served);
    }

    private byte[] page(SealedQuery query, NeedHeaders headers, List<Statement> parts) {
        Pool pool = headers.pool();
        int limit = query.limit();
        Served<List<Row>> served =
                serve(query, headers, (node, demand, left) -> guarded.fly(node, pool, demand, parts, limit, left));
        return AnswerJson.page(served, parts.getFirst(), limit);
    }

    private <T> Served<T> serve(SealedQuery query, NeedHeaders headers, Attempt<T> attempt) {
        Need need = headers.need(query.tenant());
        Place place = admission.enter(query.tenant(), headers.pool());
        try {
            return reads.serve(query.tenant(), need, attempt);
        } finally {
            place.close();
        }
    }
}
