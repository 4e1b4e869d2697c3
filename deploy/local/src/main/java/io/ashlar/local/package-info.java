/**
 * The local stack: the servers a production install has, run as child processes for a test, a demo or a laptop.
 * {@link io.ashlar.local.Stack} is what others code against, {@link io.ashlar.local.Endpoints} is how they reach the servers.
 * Nothing here is for production: secrets are generated for trials and everything listens on one address.
 */
@NullMarked
package io.ashlar.local;

import org.jspecify.annotations.NullMarked;
