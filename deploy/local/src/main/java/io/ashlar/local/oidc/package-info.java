/**
 * A small OpenID Connect issuer for trials, in a JVM of its own: discovery, JWKS, client credentials, password, and
 * authorization code with PKCE behind a plain sign-in page. Users and clients come from a file that the stack writes.
 * Not for production: passwords are kept as they are, and a trial endpoint mints odd tokens for tests.
 */
@NullMarked
package io.ashlar.local.oidc;

import org.jspecify.annotations.NullMarked;
