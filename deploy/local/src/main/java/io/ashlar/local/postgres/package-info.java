/**
 * PostgreSQL from Maven artifacts: unpacked once, initialised once, copied for each cluster and replica. Started as an
 * unprivileged user where we are root, which PostgreSQL demands.
 * {@link io.ashlar.local.postgres.PostgresServer} is one server, {@link io.ashlar.local.postgres.Roles} the contract of roles.
 */
@NullMarked
package io.ashlar.local.postgres;

import org.jspecify.annotations.NullMarked;
