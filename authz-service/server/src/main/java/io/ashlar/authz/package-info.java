/**
 * The authorization service: who there is, which policies hold, and what follows.
 * It decides by Cedar, records every decision before it is answered, and tells all who cache that something changed.
 * It calls no other service.
 */
@NullMarked
package io.ashlar.authz;

import org.jspecify.annotations.NullMarked;
