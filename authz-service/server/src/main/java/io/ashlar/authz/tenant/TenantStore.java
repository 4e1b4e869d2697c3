package io.ashlar.authz.tenant;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ashlar.authz.AuthzError;
import io.ashlar.authz.database.AuthzDatabase;
import io.ashlar.authz.database.ChangeCounter;
import io.ashlar.authz.database.Versions;
import io.ashlar.authz.journal.Decided;
import io.ashlar.authz.journal.DecisionJournal;
import io.ashlar.authz.page.Editions;
import io.ashlar.authz.policy.DefaultPolicies;
import io.ashlar.authz.principal.BuiltInRoles;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.authz.shared.SharedRows;
import io.ashlar.authz.snapshot.Snapshots;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tenants in PostgreSQL. Blocks. */
@ApplicationScoped
class TenantStore {

    private final AuthzDatabase database;
    private final Snapshots snapshots;
    private final DecisionJournal journal;

    TenantStore(AuthzDatabase database, Snapshots snapshots, DecisionJournal journal) {
        this.database = database;
        this.snapshots = snapshots;
        this.journal = journal;
    }

    /** What was written. */
    record Written(TenantView tenant, long edition, boolean created) {}

    Optional<Written> find(UUID id) {
        return database.inTenant(id, connection -> find(connection, id));
    }

    /** Creates a tenant with all it starts with, or renames it; the same again changes nothing. */
    Written put(UUID id, String name, String firstAdmin, String actor, @Nullable String ifMatch) {
        journal.record(new Decided(
                null,
                actor,
                null,
                "tenant.write",
                "Tenant",
                id.toString(),
                true,
                List.of("platform:admin"),
                new Versions(0, 0),
                JsonNodeFactory.instance.objectNode().put("first_admin", firstAdmin)));
        return snapshots.changing(
                id,
                () -> database.inTenant(id, connection -> {
                    if (insert(connection, id, name, firstAdmin, actor)) {
                        // Rolled back again if the client meant a tenant that is there.
                        Editions.require(ifMatch, null, OptionalLong.empty());
                        begin(connection, id, firstAdmin, actor);
                        return find(connection, id)
                                .map(found -> new Written(found.tenant(), found.edition(), true))
                                .orElseThrow();
                    }
                    Written present = find(connection, id).orElseThrow();
                    Editions.require(ifMatch, null, OptionalLong.of(present.edition()));
                    if (!present.tenant().firstAdmin().equals(firstAdmin)) {
                        throw new ProblemException(
                                AuthzError.FIRST_ADMIN_FIXED,
                                "the tenant was created with another first administrator");
                    }
                    if (present.tenant().name().equals(name)) {
                        return present;
                    }
                    rename(connection, id, name);
                    return find(connection, id).orElseThrow();
                }));
    }

    private void begin(Connection connection, UUID id, String firstAdmin, String actor) throws SQLException {
        try (PreparedStatement counters = connection.prepareStatement("""
                INSERT INTO authz.revisions (tenant_id, revision, policy_version) VALUES (?, 0, 0)
                """)) {
            counters.setObject(1, id);
            counters.executeUpdate();
        }
        Versions versions = ChangeCounter.count(connection, id, ChangeCounter.Kind.POLICY);
        BuiltInRoles.insert(connection, id, versions.revision(), firstAdmin, actor);
        DefaultPolicies.insert(connection, id, versions.policyVersion(), actor);
        SharedRows.join(connection, id, versions.policyVersion());
        snapshots.require(id, versions.revision());
    }

    private static boolean insert(Connection connection, UUID id, String name, String firstAdmin, String actor)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO authz.tenants (tenant_id, name, first_admin, created_by) VALUES (?, ?, ?, ?)
                ON CONFLICT (tenant_id) DO NOTHING
                """)) {
            insert.setObject(1, id);
            insert.setString(2, name);
            insert.setString(3, firstAdmin);
            insert.setString(4, actor);
            return insert.executeUpdate() == 1;
        }
    }

    private static void rename(Connection connection, UUID id, String name) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                UPDATE authz.tenants SET name = ?, edition = edition + 1 WHERE tenant_id = ?
                """)) {
            update.setString(1, name);
            update.setObject(2, id);
            update.executeUpdate();
        }
    }

    private static Optional<Written> find(Connection connection, UUID id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT t.name, t.first_admin, t.edition, r.revision, r.policy_version
                FROM authz.tenants AS t JOIN authz.revisions AS r USING (tenant_id) WHERE t.tenant_id = ?
                """)) {
            select.setObject(1, id);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                TenantView view =
                        new TenantView(id, row.getString(1), row.getString(2), row.getLong(4), row.getLong(5));
                return Optional.of(new Written(view, row.getLong(3), false));
            }
        }
    }
}
