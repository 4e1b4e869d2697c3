package io.ashlar.ingest.reconcile;

import io.agroal.api.AgroalDataSource;
import io.ashlar.guard.identity.CurrentCaller;
import io.ashlar.guard.permission.RequiresPermission;
import io.ashlar.guard.tenant.TenantConnection;
import io.ashlar.ingest.client.Reconciliation;
import io.quarkus.agroal.DataSource;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Says what became of all records. */
@Path("/api/v1/reconciliation")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "reconciliation")
@RunOnVirtualThread
public class ReconciliationResource {

    /**
     * One statement, one snapshot. A batch that was never answered counts with what of it was loaded; so does a chunk that no
     * batch of ours names.
     */
    private static final String COUNT = """
            WITH c AS (
                SELECT producer, batch_key, sum(stored) AS stored, sum(dead) AS dead
                FROM ingest.loaded_chunks
                WHERE tenant_id = ?
                GROUP BY producer, batch_key
            ), b AS (
                SELECT producer, batch_key, accepted
                FROM ingest.batches
                WHERE tenant_id = ? AND state = 'accepted'
            ), live AS (
                SELECT coalesce(sum(coalesce(b.accepted, c.stored + c.dead)), 0) AS accepted,
                       coalesce(sum(c.stored), 0) AS stored,
                       coalesce(sum(c.dead), 0) AS dead,
                       coalesce(sum(b.accepted - coalesce(c.stored + c.dead, 0)), 0) AS in_flight
                FROM b FULL JOIN c USING (producer, batch_key)
            ), outside AS (
                SELECT coalesce(sum(records), 0) AS dead
                FROM ingest.dead_letters
                WHERE tenant_id = ? AND outside
            ), old AS (
                SELECT coalesce(sum(accepted), 0) AS accepted, coalesce(sum(stored), 0) AS stored,
                       coalesce(sum(dead), 0) AS dead
                FROM ingest.batch_totals
                WHERE tenant_id = ?
            )
            SELECT live.accepted + outside.dead + old.accepted, live.stored + old.stored,
                   live.dead + outside.dead + old.dead, live.in_flight
            FROM live, outside, old
            """;

    private final AgroalDataSource api;
    private final TenantConnection tenants;
    private final CurrentCaller caller;

    ReconciliationResource(@DataSource("api") AgroalDataSource api, TenantConnection tenants, CurrentCaller caller) {
        this.api = api;
        this.tenants = tenants;
        this.caller = caller;
    }

    @GET
    @RequiresPermission(action = "dead_letter.read")
    @Operation(summary = "Accepted = in flight + stored + dead, exactly")
    public Reconciliation reconcile() {
        UUID tenant = caller.get().requireTenant();
        return tenants.call(api, tenant, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(COUNT)) {
                for (int i = 1; i <= 4; i++) {
                    statement.setObject(i, tenant);
                }
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    return new Reconciliation(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4));
                }
            }
        });
    }
}
