package io.ashlar.authz.shared;

import com.fasterxml.jackson.annotation.JsonInclude;
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
 * @param policies its texts; absent in lists
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SharedView(
        String id,
        long version,
        boolean mandatory,
        boolean applies,
        @Nullable SortedMap<String, String> policies) {

    static SharedView of(SharedVersion set, OptionalLong holds, boolean whole) {
        return new SharedView(
                set.id(), set.version(), set.mandatory(), holds.isPresent(), whole ? set.policies() : null);
    }
}
