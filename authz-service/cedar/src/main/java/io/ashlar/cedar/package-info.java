/**
 * What a Cedar policy engine is asked and what it answers: entities, values, requests and decisions as plain values.
 * An engine compiles a set of policies once and decides many times; how it does so is its own affair.
 * Nothing here knows HTTP, a database or a framework, so that an evaluator of our own can live here alone.
 */
@NullMarked
package io.ashlar.cedar;

import org.jspecify.annotations.NullMarked;
