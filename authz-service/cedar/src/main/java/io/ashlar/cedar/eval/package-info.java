/**
 * Decisions: policies compiled to closures, found by an index over their scopes, so that a decision costs what its relevant
 * policies cost. A policy that fails is skipped and reported; what failed, or which condition decided, can be explained.
 * Compiled sets are immutable and thread-safe; no reflection, no regular expressions, recursion bounded by the syntax's limits.
 */
@NullMarked
package io.ashlar.cedar.eval;

import org.jspecify.annotations.NullMarked;
