/**
 * The attributes a tenant has declared: a name, a kind that never changes, and whether the latest value is projected.
 * Accepting reads them through a cache that looks again when a name is missing, so that a declared attribute can be used
 * at once on every instance.
 */
@NullMarked
package io.ashlar.ingest.attribute;

import org.jspecify.annotations.NullMarked;
