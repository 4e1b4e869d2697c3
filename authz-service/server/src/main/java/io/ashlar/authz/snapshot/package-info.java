/**
 * A tenant's principals and compiled policies at one revision, immutable, held in memory and swapped as a whole.
 * The change topic says which snapshots are old; while it is more than a second behind, each use asks the database.
 * Nothing here writes.
 */
@NullMarked
package io.ashlar.authz.snapshot;

import org.jspecify.annotations.NullMarked;
