package io.ashlar.router.read;

import io.ashlar.authz.problem.ProblemException;
import io.ashlar.filter.dsl.Statement;
import io.ashlar.filter.seal.SealedQuery;
import io.ashlar.router.RouterError;
import io.ashlar.router.client.CountAnswer;
import io.ashlar.router.client.DescribeAnswer;
import io.ashlar.router.client.PageAnswer;
import io.ashlar.router.client.Pool;
import io.ashlar.router.flight.Command;
import io.ashlar.router.flight.Flights;
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
    private final Reads reads;
    private final Flights flights;

    ReadResource(SealDoor door, Reads reads, Flights flights) {
        this.door = door;
        this.reads = reads;
        this.flights = flights;
    }

    @POST
    @Path("/page")
    @Operation(summary = "One page of rows after a keyset position")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = PageAnswer.class)))
    public byte[] page(@Nullable SealedBody body, @BeanParam NeedHeaders headers) {
        SealedQuery query = door.open(body, SealedQuery.Operation.PAGE);
        Statement statement = Compiled.page(query);
        return AnswerJson.page(
                serve(query, headers, new Command(statement.sql(), statement.binds())), statement, query.limit());
    }

    @POST
    @Path("/count")
    @Operation(summary = "How many rows match")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = CountAnswer.class)))
    public byte[] count(@Nullable SealedBody body, @BeanParam NeedHeaders headers) {
        SealedQuery query = door.open(body, SealedQuery.Operation.COUNT);
        Statement statement = Compiled.count(query);
        return AnswerJson.count(serve(query, headers, new Command(statement.sql(), statement.binds())));
    }

    @POST
    @Path("/describe")
    @Operation(summary = "Columns and indexes of the dataset's relation, from the store's catalogue")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = DescribeAnswer.class)))
    public byte[] describe(@Nullable SealedBody body, @BeanParam NeedHeaders headers) {
        SealedQuery query = door.open(body, SealedQuery.Operation.DESCRIBE);
        Served<RowSet<Row>> served =
                serve(query, headers, Catalogue.describe(query.dataset().relation()));
        if (served.value().size() == 0) {
            throw new ProblemException(RouterError.RELATION_UNKNOWN, "The store does not have what the dataset names.");
        }
        return AnswerJson.describe(served);
    }

    private Served<RowSet<Row>> serve(SealedQuery query, NeedHeaders headers, Command command) {
        Pool pool = headers.pool();
        return reads.serve(
                query.tenant(),
                headers.need(query.tenant()),
                (node, demand, left) -> flights.fly(node, pool, demand, command, left));
    }
}
