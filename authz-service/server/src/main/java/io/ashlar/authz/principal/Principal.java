package io.ashlar.authz.principal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A principal since a revision.
 *
 * @param kind what it is
 * @param id unique among its kind
 * @param revision the tenant's revision that brought this state
 * @param roles it is given
 * @param groups it is in
 * @param attributes a JSON object
 */
record Principal(Kind kind, String id, long revision, List<String> roles, List<String> groups, JsonNode attributes) {

    /** What kinds there are, with their name in the database. */
    enum Kind {
        USER("user", "users"),
        GROUP("group", "groups"),
        ROLE("role", "roles");

        private final String stored;
        private final String list;

        Kind(String stored, String list) {
            this.stored = stored;
            this.list = list;
        }

        String stored() {
            return stored;
        }

        String list() {
            return list;
        }
    }

    Principal {
        roles = List.copyOf(roles);
        groups = List.copyOf(groups);
    }

    /** Whether the other differs in nothing but its revision. */
    boolean saysTheSame(Principal other) {
        return kind == other.kind
                && id.equals(other.id)
                && roles.equals(other.roles)
                && groups.equals(other.groups)
                && attributes.equals(other.attributes);
    }
}
