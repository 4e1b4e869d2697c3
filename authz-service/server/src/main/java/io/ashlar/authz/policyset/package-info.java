/**
 * A tenant's policies at one version: own texts, schema, test cases, and the platform's shared sets that hold for it.
 * Rows are only added, so a version reads the same for ever; a change is written by who holds the tenant's counters.
 * Nothing here decides whether a change may be made.
 */
@NullMarked
package io.ashlar.authz.policyset;

import org.jspecify.annotations.NullMarked;
