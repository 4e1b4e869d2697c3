/**
 * The registry of datasets: what may be queried, and how its fields are found in a relation. A declaration is checked
 * against the real catalogue of the data plane before it is accepted, and is immutable from then on: a change is another
 * version, guarded by {@code If-Match}. Everything here is one tenant's, by row-level security and by predicate.
 */
@NullMarked
package io.ashlar.filter.dataset;

import org.jspecify.annotations.NullMarked;
