package io.ashlar.router.choice;

import io.ashlar.authz.call.Consistency;
import io.ashlar.router.token.ConsistencyToken;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How fresh the caller wants it.
 *
 * @param staleness the caller's own bound on lag; null for the router's
 * @param token what must be seen; its tenant has been compared with the seal's
 */
public record Need(
        Consistency.Level level,
        @Nullable Duration staleness,
        @Nullable ConsistencyToken token) {}
