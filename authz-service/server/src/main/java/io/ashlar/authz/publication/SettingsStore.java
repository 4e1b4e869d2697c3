package io.ashlar.authz.publication;

import io.ashlar.authz.database.AuthzDatabase;
import io.ashlar.authz.database.ChangeCounter;
import io.ashlar.authz.impact.ImpactGate;
import io.ashlar.authz.page.Expected;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.OptionalLong;
import java.util.UUID;

/** Settings in PostgreSQL. Blocks. */
@ApplicationScoped
class SettingsStore {

    private final AuthzDatabase database;
    private final ImpactGate gate;

    SettingsStore(AuthzDatabase database, ImpactGate gate) {
        this.database = database;
        this.gate = gate;
    }

    PolicySettings find(UUID tenant) {
        return database.inTenant(tenant, connection -> PolicySettings.read(connection, tenant));
    }

    /** What is not asked for stays. */
    PolicySettings put(UUID tenant, String actor, SettingsReader.Wanted wanted, Expected expected) {
        return database.inTenant(tenant, connection -> {
            ChangeCounter.lock(connection, tenant);
            PolicySettings present = PolicySettings.read(connection, tenant);
            expected.require(OptionalLong.of(present.edition()));
            PolicySettings next = wanted.over(present);
            if (next.impact() == PolicySettings.Impact.REQUIRED) {
                gate.requireKeys();
            }
            if (next.saysTheSame(present)) {
                return present;
            }
            write(connection, tenant, actor, next);
            return next;
        });
    }

    private static void write(Connection connection, UUID tenant, String actor, PolicySettings settings)
            throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement("""
                INSERT INTO authz.policy_settings (tenant_id, edition, two_person, impact, impact_datasets, changed_by)
                VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (tenant_id) DO UPDATE SET edition = excluded.edition, two_person = excluded.two_person,
                    impact = excluded.impact, impact_datasets = excluded.impact_datasets, changed_by = excluded.changed_by, changed_at = clock_timestamp()
                """)) {
            upsert.setObject(1, tenant);
            upsert.setLong(2, settings.edition());
            upsert.setBoolean(3, settings.twoPerson());
            upsert.setString(4, settings.impact().label());
            upsert.setArray(
                    5,
                    connection.createArrayOf("text", settings.impactDatasets().toArray()));
            upsert.setString(6, actor);
            upsert.executeUpdate();
        }
    }
}
