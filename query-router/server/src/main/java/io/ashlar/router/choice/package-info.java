/**
 * Where a read goes. {@link io.ashlar.router.choice.Choice} is a pure function of the cluster's picture, the caller's need
 * and what the pods' gates say; its cases are data. Nothing here touches a connection, and nothing here is ever silently
 * stale: who cannot be served freshly enough waits, takes a share of the primary, or is refused.
 */
@NullMarked
package io.ashlar.router.choice;

import org.jspecify.annotations.NullMarked;
