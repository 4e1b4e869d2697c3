package io.ashlar.authz.principal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** A user as clients see it. */
record UserView(String id, List<String> roles, List<String> groups, JsonNode attributes, long revision) {

    static UserView of(Principal principal) {
        return new UserView(
                principal.id(), principal.roles(), principal.groups(), principal.attributes(), principal.revision());
    }
}
