package io.ashlar.ingest.deadletter;

import io.agroal.api.AgroalDataSource;
import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.guard.identity.CurrentCaller;
import io.ashlar.guard.permission.RequiresPermission;
import io.ashlar.guard.tenant.TenantConnection;
import io.ashlar.ingest.event.Topics;
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
    private static final int RADIX = 36;

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
    private final CurrentCaller caller;

    DeadLetterResource(@DataSource("api") AgroalDataSource api, TenantConnection tenants, CurrentCaller caller) {
        this.api = api;
        this.tenants = tenants;
        this.caller = caller;
    }

    @GET
    @RequiresPermission(action = "dead_letter.read")
    @Operation(summary = "List dead letters, newest first")
    public DeadLetterPage list(
            @QueryParam("limit") @DefaultValue("50") int limit, @QueryParam("cursor") @Nullable String cursor) {
        List<Fault> faults = new ArrayList<>();
        if (limit < 1 || limit > PAGE_MAX) {
            faults.add(new Fault("out_of_range", "query:limit", "1 to " + PAGE_MAX));
        }
        long before = before(cursor, faults);
        if (!faults.isEmpty()) {
            throw new ProblemException(DoorError.INVALID_REQUEST, "a parameter is not usable", faults);
        }
        UUID tenant = caller.get().requireTenant();
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
        return new DeadLetterPage(page, more ? Long.toString(page.getLast().id(), RADIX) : null);
    }

    private static long before(@Nullable String cursor, List<Fault> faults) {
        if (cursor == null) {
            return Long.MAX_VALUE;
        }
        try {
            return Long.parseLong(cursor, RADIX);
        } catch (NumberFormatException notACursor) {
            faults.add(new Fault("invalid_format", "query:cursor", "not a cursor of this list"));
            return 0;
        }
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
