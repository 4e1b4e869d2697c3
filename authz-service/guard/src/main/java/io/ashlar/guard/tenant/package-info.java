/**
 * Database work inside one tenant: the tenant is set for one transaction, and checked again before it commits.
 * Row level security does the rest.
 * Blocking JDBC, meant for virtual threads.
 */
@NullMarked
package io.ashlar.guard.tenant;

import org.jspecify.annotations.NullMarked;
