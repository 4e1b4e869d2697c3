/**
 * What tests share: the stack, a peer that speaks AuthZEN, requests with tokens of the real issuer.
 * Database, broker and issuer are real.
 * Every test uses entities and keys of its own, since one stack serves them all.
 */
@NullMarked
package io.ashlar.ingest.app;

import org.jspecify.annotations.NullMarked;
