/**
 * Reads through the router for the services that may seal or were given a seal. Blocking, meant for virtual threads; every
 * failure is a {@link io.ashlar.authz.call.CallFailedException}, but for a stream that ends without its proof, which is an
 * {@link io.ashlar.router.client.IncompleteStreamException}. Rows that came before it are to be thrown away.
 */
@NullMarked
package io.ashlar.router.client;

import org.jspecify.annotations.NullMarked;
