package io.ashlar.authz.embedded;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What is known of a tenant at the moment of a question. */
sealed interface Standing {

    /** Everything that was committed {@link EmbeddedOptions#lagMax} ago. */
    record Current(TenantPolicies policies) implements Standing {}

    /** That there is no such tenant: nobody may anything. */
    record NoTenant() implements Standing {}

    /**
     * Nothing that can be relied on.
     *
     * @param why for people
     * @param last what was known last and is not known to have changed since; null if nothing is
     * @param age how long ago that was known to hold
     */
    record Unsure(String why, @Nullable TenantPolicies last, Duration age) implements Standing {}
}
