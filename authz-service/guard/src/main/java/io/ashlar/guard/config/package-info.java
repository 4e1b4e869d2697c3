/**
 * The door's own configuration, and the check that nobody misspelled a key.
 * A key under {@code ashlar.} that nothing reads stops the start, with the nearest key that something does.
 * Known is what a mapping declares, what another value refers to, and what the application itself ships.
 */
@NullMarked
package io.ashlar.guard.config;

import org.jspecify.annotations.NullMarked;
