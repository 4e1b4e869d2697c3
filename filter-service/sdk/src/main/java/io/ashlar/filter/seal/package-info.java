/**
 * The sealed query: what filter-service decided about one read, signed so that the router can run it and nobody else can
 * write it. Only filter-service holds a {@link io.ashlar.filter.seal.SealWriter}; the router opens seals with a
 * {@link io.ashlar.filter.seal.SealReader} and takes everything from them but consistency. A seal is a JWS (HS256) that
 * lives for a minute at most; its text is frozen in a golden file that every later version must read.
 */
@NullMarked
package io.ashlar.filter.seal;

import org.jspecify.annotations.NullMarked;
