package io.ashlar.authz.shared;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.OptionalLong;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A shared set as a tenant sees it.
 *
 * @param id the set's; its policies are named {@code shared:<set>:<id>} in answers
 * @param version newest
 * @param mandatory whether it cannot be left
 * @param applies whether it holds for the tenant
 * @param heldVersion in which version; absent if it does not
 * @param policies its texts; absent in lists
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SharedView(
        String id,
        long version,
        boolean mandatory,
        boolean applies,
        @JsonProperty("held_version") @Nullable Long heldVersion,
        @Nullable SortedMap<String, String> policies) {

    static SharedView of(SharedVersion set, OptionalLong holds, boolean whole) {
        return new SharedView(
                set.id(),
                set.version(),
                set.mandatory(),
                holds.isPresent(),
                holds.isPresent() ? holds.getAsLong() : null,
                whole ? set.policies() : null);
    }
}
