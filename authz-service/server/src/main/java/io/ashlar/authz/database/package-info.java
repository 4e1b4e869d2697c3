/**
 * How the server reaches its own schema: requests as role api under row-level security, within one tenant.
 * Every transaction names its tenant and proves at its end that the name still holds.
 * Advisory locks live on a direct connection of their own, which the relay holds.
 */
@NullMarked
package io.ashlar.authz.database;

import org.jspecify.annotations.NullMarked;
