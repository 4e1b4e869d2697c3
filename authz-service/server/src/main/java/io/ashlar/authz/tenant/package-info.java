/**
 * Creates tenants for the platform's operators: counters, built-in roles, default policies and the first administrator.
 * Doing it again changes nothing.
 * Everything a tenant owns hangs from its row.
 */
@NullMarked
package io.ashlar.authz.tenant;

import org.jspecify.annotations.NullMarked;
