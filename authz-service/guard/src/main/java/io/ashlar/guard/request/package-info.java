/**
 * What every request gets before anybody looks at it: an id, which is echoed and logged, and a bound on its body.
 * It sits in front of the router, so that answers of the HTTP server itself carry the id too.
 * Log lines are JSON with the id, the tenant and the trace.
 */
@NullMarked
package io.ashlar.guard.request;

import org.jspecify.annotations.NullMarked;
