package io.ashlar.authz.shared;

import io.ashlar.authz.AuthzError;
import io.ashlar.authz.database.AuthzDatabase;
import io.ashlar.authz.database.ChangeCounter;
import io.ashlar.authz.database.Versions;
import io.ashlar.authz.page.IdCursors.Slice;
import io.ashlar.authz.policyset.Narrowing;
import io.ashlar.authz.policyset.PolicySets;
import io.ashlar.authz.policyset.VersionNote;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.authz.publication.PolicySettings;
import io.ashlar.authz.snapshot.Snapshots;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which shared sets a tenant takes. Blocks. */
@ApplicationScoped
class ChoiceStore {

    private final AuthzDatabase database;
    private final Snapshots snapshots;

    ChoiceStore(AuthzDatabase database, Snapshots snapshots) {
        this.database = database;
        this.snapshots = snapshots;
    }

    List<SharedView> list(UUID tenant, Slice slice) {
        return database.inTenant(tenant, connection -> {
            List<SharedView> views = new ArrayList<>();
            for (SharedVersion set : SharedRows.list(connection, slice)) {
                views.add(SharedView.of(set, holds(connection, tenant, set.id()), false));
            }
            return views;
        });
    }

    /** With its texts. */
    SharedView find(UUID tenant, String id) {
        return database.inTenant(tenant, connection -> {
            SharedVersion set = SharedRows.newest(connection, id).orElseThrow(SharedStore::notFound);
            return SharedView.of(set, holds(connection, tenant, id), true);
        });
    }

    /**
     * Takes a set in its newest version, or goes without it; the same again changes nothing.
     *
     * @throws ProblemException {@code shared_set_mandatory}; {@code impact_required} where the tenant asks for impacts and somebody
     *     might gain
     */
    SharedView put(UUID tenant, String actor, String id, boolean applies) {
        snapshots.changing(
                tenant,
                () -> database.inTenant(tenant, connection -> {
                    SharedRows.holdNewest(connection);
                    ChangeCounter.lock(connection, tenant);
                    SharedVersion set = SharedRows.newest(connection, id).orElseThrow(SharedStore::notFound);
                    if (!applies) {
                        set.requireLeavable();
                    }
                    OptionalLong held = holds(connection, tenant, id);
                    OptionalLong wanted = applies ? OptionalLong.of(set.version()) : OptionalLong.empty();
                    if (!wanted.equals(held)) {
                        requireNoGain(connection, tenant, id, held, applies ? set : null);
                        choose(connection, tenant, actor, id, wanted);
                    }
                    return id;
                }));
        return find(tenant, id);
    }

    /** Nothing can be shown of a choice: it is made alone only where nobody can gain by it. */
    private static void requireNoGain(
            Connection connection, UUID tenant, String id, OptionalLong held, @Nullable SharedVersion wanted)
            throws SQLException {
        if (!PolicySettings.read(connection, tenant).demand().required()) {
            return;
        }
        Collection<String> before = held.isEmpty()
                ? List.of()
                : SharedRows.at(connection, id, held.getAsLong())
                        .orElseThrow()
                        .policies()
                        .values();
        Collection<String> after =
                wanted == null ? List.of() : wanted.policies().values();
        if (!Narrowing.between(before, after)) {
            throw new ProblemException(
                    AuthzError.IMPACT_REQUIRED,
                    "this does more than take permits away or add forbids: put a draft, /api/v1/policy-drafts/{id} with"
                            + " {\"shared\":{\"" + id + "\":" + (wanted == null ? "null" : wanted.version()) + "}}");
        }
    }

    private void choose(Connection connection, UUID tenant, String actor, String id, OptionalLong version)
            throws SQLException {
        Versions versions = ChangeCounter.count(connection, tenant, ChangeCounter.Kind.POLICY);
        PolicySets.choose(connection, tenant, versions.policyVersion(), id, version);
        String reason = version.isPresent() ? "taken" : "left";
        new VersionNote(versions.policyVersion(), VersionNote.Kind.SHARED, id, reason, null, actor)
                .insert(connection, tenant);
        snapshots.require(tenant, versions.revision());
    }

    /** The version that holds for the tenant; empty if it goes without. */
    private static OptionalLong holds(Connection connection, UUID tenant, String id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT set_version FROM authz.tenant_shared
                WHERE tenant_id = ? AND set_id = ? ORDER BY version DESC LIMIT 1
                """)) {
            select.setObject(1, tenant);
            select.setString(2, id);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return OptionalLong.empty();
                }
                long version = row.getLong(1);
                return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(version);
            }
        }
    }
}
