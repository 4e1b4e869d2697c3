package io.ashlar.authz.principal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ashlar.authz.AuthzError;
import io.ashlar.authz.database.AuthzDatabase;
import io.ashlar.authz.database.ChangeCounter;
import io.ashlar.authz.database.QuotaConfig;
import io.ashlar.authz.page.Expected;
import io.ashlar.authz.page.IdCursors.Slice;
import io.ashlar.authz.principal.Principal.Kind;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.authz.snapshot.Snapshots;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.filter.dsl.Suggestion;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/** Users, groups and roles in PostgreSQL. Blocks. */
@ApplicationScoped
class PrincipalStore {

    private final AuthzDatabase database;
    private final Snapshots snapshots;
    private final GrantedNames granted;
    private final QuotaConfig quota;

    PrincipalStore(AuthzDatabase database, Snapshots snapshots, GrantedNames granted, QuotaConfig quota) {
        this.database = database;
        this.snapshots = snapshots;
        this.granted = granted;
        this.quota = quota;
    }

    /** What was written. */
    record Written(Principal principal, boolean created) {}

    Optional<Principal> find(UUID tenant, Kind kind, String id) {
        return database.inTenant(tenant, connection -> PrincipalRows.find(connection, tenant, kind, id));
    }

    List<Principal> list(UUID tenant, Kind kind, Slice slice) {
        return database.inTenant(tenant, connection -> PrincipalRows.list(connection, tenant, kind, slice));
    }

    /** Writes a state; the same state again changes nothing. */
    Written put(UUID tenant, String actor, Principal wanted, Expected expected) {
        return snapshots.changing(
                tenant,
                () -> database.inTenant(tenant, connection -> {
                    ChangeCounter.lock(connection, tenant);
                    Optional<Principal> present = PrincipalRows.find(connection, tenant, wanted.kind(), wanted.id());
                    require(expected, present);
                    if (present.isPresent() && present.get().saysTheSame(wanted)) {
                        return new Written(present.get(), false);
                    }
                    requireNotBuiltIn(wanted.kind(), wanted.id());
                    requireSound(connection, tenant, wanted);
                    if (present.isEmpty()) {
                        requireRoom(connection, tenant, wanted.kind());
                    }
                    return new Written(granted.write(connection, tenant, wanted, false, actor), present.isEmpty());
                }));
    }

    /** Removes a principal, and whoever was in it out of it; false if there was none. A role that somebody has stays. */
    boolean delete(UUID tenant, String actor, Kind kind, String id, Expected expected) {
        return snapshots.changing(
                tenant,
                () -> database.inTenant(tenant, connection -> {
                    ChangeCounter.lock(connection, tenant);
                    Optional<Principal> present = PrincipalRows.find(connection, tenant, kind, id);
                    require(expected, present);
                    if (present.isEmpty()) {
                        return false;
                    }
                    requireNotBuiltIn(kind, id);
                    if (kind == Kind.ROLE && PrincipalRows.isGiven(connection, tenant, id)) {
                        throw new ProblemException(
                                AuthzError.ROLE_IN_USE, "users, groups or roles still have the role");
                    }
                    Principal nothing =
                            new Principal(kind, id, 0, List.of(), List.of(), JsonNodeFactory.instance.objectNode());
                    Principal gone = granted.write(connection, tenant, nothing, true, actor);
                    if (kind == Kind.GROUP) {
                        // Policies go on naming it, and who is in it is said by its members: they would keep what it
                        // gave.
                        PrincipalRows.disband(connection, tenant, gone, actor);
                    }
                    return true;
                }));
    }

    /** The built-in roles are in each other in every tenant; what they may is said by policies. */
    private static void requireNotBuiltIn(Kind kind, String id) {
        if (kind == Kind.ROLE && BuiltInRoles.NAMES.contains(id)) {
            throw new ProblemException(
                    AuthzError.ROLE_BUILT_IN, "a built-in role stays as it is; its policy can change");
        }
    }

    private void requireRoom(Connection connection, UUID tenant, Kind kind) throws SQLException {
        boolean role = kind == Kind.ROLE;
        List<Kind> counted = role ? List.of(Kind.ROLE) : List.of(Kind.USER, Kind.GROUP);
        int max = role ? quota.roles() + BuiltInRoles.NAMES.size() : quota.principals();
        if (PrincipalRows.count(connection, tenant, counted) >= max) {
            throw new ProblemException(
                    AuthzError.QUOTA_EXCEEDED,
                    role
                            ? "roles: a tenant defines at most " + quota.roles()
                            : "principals: a tenant has at most " + max);
        }
    }

    private static void require(Expected expected, Optional<Principal> present) {
        expected.require(
                present.map(principal -> OptionalLong.of(principal.revision())).orElse(OptionalLong.empty()));
    }

    /** Everything a principal refers to is there, and no group or role is in itself: the engine refuses cycles. */
    private static void requireSound(Connection connection, UUID tenant, Principal wanted) throws SQLException {
        List<Fault> faults = new ArrayList<>();
        missing(
                wanted.roles(),
                PrincipalRows.existing(connection, tenant, Kind.ROLE, wanted.roles()),
                wanted.kind() == Kind.ROLE ? "/parents" : "/roles",
                faults);
        String groups = wanted.kind() == Kind.GROUP ? "/parents" : "/groups";
        missing(
                wanted.groups(),
                PrincipalRows.existing(connection, tenant, Kind.GROUP, wanted.groups()),
                groups,
                faults);
        if (wanted.kind() == Kind.GROUP
                && reaches(wanted.id(), wanted.groups(), PrincipalRows.parents(connection, tenant, Kind.GROUP))) {
            faults.add(new Fault("cycle", groups, "the group would be in itself"));
        }
        if (wanted.kind() == Kind.ROLE
                && reaches(wanted.id(), wanted.roles(), PrincipalRows.parents(connection, tenant, Kind.ROLE))) {
            faults.add(new Fault("cycle", "/parents", "the role would be in itself"));
        }
        if (!faults.isEmpty()) {
            throw new ProblemException(
                    AuthzError.PRINCIPAL_INVALID, "the principal refers to what is not there", faults);
        }
    }

    private static void missing(List<String> wanted, Set<String> existing, String pointer, List<Fault> faults) {
        for (int i = 0; i < wanted.size(); i++) {
            String id = wanted.get(i);
            if (!existing.contains(id)) {
                faults.add(new Fault(
                        "unknown_principal",
                        pointer + '/' + i,
                        "there is no such principal",
                        null,
                        Suggestion.nearest(id, BuiltInRoles.NAMES)));
            }
        }
    }

    private static boolean reaches(String id, List<String> parents, Map<String, List<String>> known) {
        Set<String> seen = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(parents);
        while (!open.isEmpty()) {
            String next = open.removeFirst();
            if (next.equals(id)) {
                return true;
            }
            if (seen.add(next)) {
                open.addAll(known.getOrDefault(next, List.of()));
            }
        }
        return false;
    }
}
