/**
 * Decides in this process. {@link io.ashlar.authz.embedded.EmbeddedAuthz} holds the compiled policies and the principals of the
 * tenants it is asked about, loaded as a snapshot and kept current by the change topic. In doubt it asks authz over the network,
 * or denies.
 */
@NullMarked
package io.ashlar.authz.embedded;

import org.jspecify.annotations.NullMarked;
