/**
 * A tiny server behind the door, for tests.
 * Its resource has one method of each kind a real server has.
 * Decisions come from a small HTTP server that speaks AuthZEN.
 */
@NullMarked
package io.ashlar.guard.app;

import org.jspecify.annotations.NullMarked;
