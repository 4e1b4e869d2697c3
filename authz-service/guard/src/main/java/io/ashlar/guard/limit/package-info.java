/**
 * How often: token buckets per user, per tenant and for the whole service, kept in Redis and synchronised with delay, so
 * that most requests touch memory only. Without Redis each pod goes on with its share of the last limit.
 * A request over the limit is answered 429 with {@code Retry-After}.
 */
@NullMarked
package io.ashlar.guard.limit;

import org.jspecify.annotations.NullMarked;
