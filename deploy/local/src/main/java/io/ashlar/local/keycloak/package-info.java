/**
 * The real Keycloak in place of our issuer: fetched on demand, built once for this machine, and started with an imported
 * realm that has the same users, clients and claims.
 * {@link io.ashlar.local.keycloak.Realm} is that realm.
 */
@NullMarked
package io.ashlar.local.keycloak;

import org.jspecify.annotations.NullMarked;
