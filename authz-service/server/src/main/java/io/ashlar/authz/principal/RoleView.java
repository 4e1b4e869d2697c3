package io.ashlar.authz.principal;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** A role as clients see it; its parents are roles whose rights it has besides. */
record RoleView(
        String id,
        List<String> parents,
        @JsonProperty("built_in") boolean builtIn,
        long revision) {

    static RoleView of(Principal principal) {
        return new RoleView(
                principal.id(), principal.roles(), BuiltInRoles.NAMES.contains(principal.id()), principal.revision());
    }
}
