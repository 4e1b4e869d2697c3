package io.ashlar.ingest.deadletter;

import io.agroal.api.AgroalDataSource;
import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.guard.identity.CurrentCaller;
import io.ashlar.guard.permission.RequiresPermission;
import io.ashlar.guard.tenant.TenantConnection;
import io.ashlar.ingest.event.Topics;
import io.ashlar.ingest.page.ListCursors;
import io.quarkus.agroal.DataSource;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Lists the tenant's dead letters. */
@Path("/api/v1/dead-letters")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "dead letters")
@RunOnVirtualThread
public class DeadLetterResource {

    private static final int PAGE_MAX = 500;
    private static final String LIST = "dead letters";

    private static final String PAGE = """
            SELECT dead_id, log_partition, log_offset, record_index, records, producer, batch_key, reason, detail, payload,
                   dead_at
            FROM ingest.dead_letters
            WHERE tenant_id = ? AND dead_id < ?
            ORDER BY dead_id DESC
            LIMIT ?
            """;

    private final AgroalDataSource api;
    private final TenantConnection tenants;
    private final ListCursors cursors;
    private final CurrentCaller caller;

    DeadLetterResource(
            @DataSource("api") AgroalDataSource api,
            TenantConnection tenants,
            ListCursors cursors,
            CurrentCaller caller) {
        this.api = api;
        this.tenants = tenants;
        this.cursors = cursors;
        this.caller = caller;
    }

    @GET
    @RequiresPermission(action = "dead_letter.read")
    @Operation(summary = "List dead letters, newest first")
    public DeadLetterPage list(
            @QueryParam("limit") @DefaultValue("50") int limit, @QueryParam("cursor") @Nullable String cursor) {
        if (limit < 1 || limit > PAGE_MAX) {
            throw new ProblemException(
                    DoorError.INVALID_REQUEST,
                    "a parameter is not usable",
                    List.of(new Fault("out_of_range", "query:limit", "1 to " + PAGE_MAX)));
        }
        UUID tenant = caller.get().requireTenant();
        long before = cursor == null ? Long.MAX_VALUE : Long.parseLong(cursors.open(tenant, LIST, cursor));
        List<DeadLetter> found = tenants.call(api, tenant, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(PAGE)) {
                statement.setObject(1, tenant);
                statement.setLong(2, before);
                statement.setInt(3, limit + 1);
                return read(statement);
            }
        });
        boolean more = found.size() > limit;
        List<DeadLetter> page = found.stream().limit(limit).toList();
        String next =
                more ? cursors.seal(tenant, LIST, Long.toString(page.getLast().id())) : null;
        return new DeadLetterPage(page, next);
    }

    private static List<DeadLetter> read(PreparedStatement statement) throws SQLException {
        List<DeadLetter> letters = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                letters.add(new DeadLetter(
                        row.getLong(1),
                        Topics.TELEMETRY.name(),
                        row.getInt(2),
                        row.getLong(3),
                        row.getObject(4, Integer.class),
                        row.getInt(5),
                        row.getString(6),
                        row.getString(7),
                        row.getString(8),
                        row.getString(9),
                        row.getString(10),
                        row.getObject(11, OffsetDateTime.class).toInstant()));
            }
        }
        return letters;
    }
}
