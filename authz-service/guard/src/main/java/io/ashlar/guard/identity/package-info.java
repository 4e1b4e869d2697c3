/**
 * Who calls: the bearer token becomes a {@link io.ashlar.guard.identity.Caller}, for every request that is not open to all.
 * A service account may stand for a user by {@code Ashlar-On-Behalf-Of}; that, and every refusal of it, is audited.
 * The tenant is never taken from anywhere else.
 */
@NullMarked
package io.ashlar.guard.identity;

import org.jspecify.annotations.NullMarked;
