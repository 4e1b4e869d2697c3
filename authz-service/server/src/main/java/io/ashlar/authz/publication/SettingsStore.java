package io.ashlar.authz.publication;

import io.ashlar.authz.database.AuthzDatabase;
import io.ashlar.authz.database.ChangeCounter;
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

    SettingsStore(AuthzDatabase database) {
        this.database = database;
    }

    PolicySettings find(UUID tenant) {
        return database.inTenant(tenant, connection -> PolicySettings.read(connection, tenant));
    }

    PolicySettings put(UUID tenant, String actor, PolicySettings wanted, Expected expected) {
        return database.inTenant(tenant, connection -> {
            ChangeCounter.lock(connection, tenant);
            PolicySettings present = PolicySettings.read(connection, tenant);
            expected.require(OptionalLong.of(present.edition()));
            PolicySettings next = new PolicySettings(present.edition() + 1, wanted.twoPerson());
            if (next.twoPerson() == present.twoPerson()) {
                return present;
            }
            write(connection, tenant, actor, next);
            return next;
        });
    }

    private static void write(Connection connection, UUID tenant, String actor, PolicySettings settings)
            throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement("""
                INSERT INTO authz.policy_settings (tenant_id, edition, two_person, impact, changed_by)
                VALUES (?, ?, ?, 'optional', ?)
                ON CONFLICT (tenant_id) DO UPDATE SET edition = excluded.edition, two_person = excluded.two_person,
                    changed_by = excluded.changed_by, changed_at = clock_timestamp()
                """)) {
            upsert.setObject(1, tenant);
            upsert.setLong(2, settings.edition());
            upsert.setBoolean(3, settings.twoPerson());
            upsert.setString(4, actor);
            upsert.executeUpdate();
        }
    }
}
