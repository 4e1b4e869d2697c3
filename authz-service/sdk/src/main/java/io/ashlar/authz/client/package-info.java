/**
 * How a service asks whether something is allowed. {@link io.ashlar.authz.client.Authz} is the question,
 * {@link io.ashlar.authz.client.RemoteAuthz} answers it by AuthZEN over the network with a cache that the change topic keeps
 * fresh. In doubt it asks again, and without an answer it denies.
 */
@NullMarked
package io.ashlar.authz.client;

import org.jspecify.annotations.NullMarked;
