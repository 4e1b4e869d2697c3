/**
 * The two services that an export needs, called with this service's own account: filter-service resolves on behalf of the
 * user, the router streams. Both calls have deadlines, a breaker and a bulkhead.
 */
@NullMarked
package io.ashlar.export.peer;

import org.jspecify.annotations.NullMarked;
