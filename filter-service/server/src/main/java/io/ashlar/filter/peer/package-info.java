/**
 * The two services that filter-service calls: authz, which turns the caller's rights into a plan, and the router, which runs
 * what is sealed here. Only this package holds the sealing key and the service account's credentials. A refusal of theirs
 * becomes a problem in filter-service's own words, with {@code Retry-After} handed on.
 */
@NullMarked
package io.ashlar.filter.peer;

import org.jspecify.annotations.NullMarked;
