/**
 * How one service calls another: headers with their grammar, a bearer token by client credentials, and a blocking HTTP call
 * with a deadline, retries of what is safe to repeat, a breaker and a bulkhead. Every SDK is a few lines over
 * {@link io.ashlar.authz.call.ServiceCall}, and every failure of a call is a {@link io.ashlar.authz.call.CallFailedException}.
 * Meant for virtual threads: never call it from an event loop.
 */
@NullMarked
package io.ashlar.authz.call;

import org.jspecify.annotations.NullMarked;
