package io.ashlar.authz.principal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ashlar.authz.principal.Principal.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** The roles every tenant has: each may do what the next may. */
public final class BuiltInRoles {

    /** Their names, from the one that may most downwards. */
    static final List<String> NAMES = List.of("admin", "publisher", "editor", "viewer");

    private BuiltInRoles() {}

    /** Writes them and the first administrator at a revision, in the transaction that creates the tenant. */
    public static void insert(Connection connection, UUID tenant, long revision, String firstAdmin, String actor)
            throws SQLException {
        for (int i = 0; i < NAMES.size(); i++) {
            List<String> parents = i + 1 < NAMES.size() ? List.of(NAMES.get(i + 1)) : List.of();
            PrincipalRows.insert(
                    connection, tenant, principal(Kind.ROLE, NAMES.get(i), revision, parents), false, actor);
        }
        PrincipalRows.insert(
                connection, tenant, principal(Kind.USER, firstAdmin, revision, List.of("admin")), false, actor);
    }

    private static Principal principal(Kind kind, String id, long revision, List<String> roles) {
        return new Principal(kind, id, revision, roles, List.of(), JsonNodeFactory.instance.objectNode());
    }
}
