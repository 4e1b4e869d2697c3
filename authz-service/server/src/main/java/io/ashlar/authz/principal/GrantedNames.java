package io.ashlar.authz.principal;

import io.ashlar.authz.database.ChangeCounter;
import io.ashlar.authz.database.Versions;
import io.ashlar.authz.principal.Principal.Kind;
import io.ashlar.authz.snapshot.Snapshots;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Writes principals, and takes roles and groups from them, in somebody's transaction that holds the tenant's counters: a revision each,
 * told to all caches as any change. Thread-safe.
 */
@ApplicationScoped
public class GrantedNames {

    /** Who may do everything by the policies that a tenant starts with. */
    private static final String ADMIN = "admin";

    private final Snapshots snapshots;

    GrantedNames(Snapshots snapshots) {
        this.snapshots = snapshots;
    }

    /**
     * Takes away what is named and there.
     *
     * @param group whether the id is a group's, else a user's
     * @return whether there was anything of it
     */
    public boolean withdraw(
            Connection connection,
            UUID tenant,
            boolean group,
            String id,
            Set<String> roles,
            Set<String> groups,
            String actor)
            throws SQLException {
        Optional<Principal> found = PrincipalRows.find(connection, tenant, group ? Kind.GROUP : Kind.USER, id);
        if (found.isEmpty()) {
            return false;
        }
        Principal present = found.get();
        Principal next = new Principal(
                present.kind(),
                id,
                0,
                without(present.roles(), roles),
                without(present.groups(), groups),
                present.attributes());
        if (next.saysTheSame(present)) {
            return false;
        }
        write(connection, tenant, next, false, actor);
        return true;
    }

    /** Whether the user is given the role {@value #ADMIN} by name, and nobody else is. */
    public boolean isLastAdmin(Connection connection, UUID tenant, String user) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT bool_or(id = ?) AND count(*) = 1 FROM (
                    SELECT DISTINCT ON (id) id, roles, deleted FROM authz.principals
                    WHERE tenant_id = ? AND kind = 'user' ORDER BY id, revision DESC
                ) AS newest WHERE NOT deleted AND ? = ANY (roles)
                """)) {
            select.setString(1, user);
            select.setObject(2, tenant);
            select.setString(3, ADMIN);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    Principal write(Connection connection, UUID tenant, Principal wanted, boolean deleted, String actor)
            throws SQLException {
        Versions versions = ChangeCounter.count(connection, tenant, ChangeCounter.Kind.PRINCIPAL);
        Principal numbered = new Principal(
                wanted.kind(), wanted.id(), versions.revision(), wanted.roles(), wanted.groups(), wanted.attributes());
        PrincipalRows.insert(connection, tenant, numbered, deleted, actor);
        // Announced before the commit: at worst a snapshot is read once more.
        snapshots.require(tenant, versions.revision());
        return numbered;
    }

    private static List<String> without(List<String> names, Set<String> taken) {
        return names.stream().filter(name -> !taken.contains(name)).toList();
    }
}
