package io.ashlar.authz.principal;

import java.util.List;

/** A group as clients see it. */
record GroupView(String id, List<String> parents, List<String> roles, long revision) {

    static GroupView of(Principal principal) {
        return new GroupView(principal.id(), principal.groups(), principal.roles(), principal.revision());
    }
}
