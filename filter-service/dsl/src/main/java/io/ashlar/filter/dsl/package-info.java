/**
 * Filters as values: what a caller may ask of a dataset, how it is read, checked, and turned into SQL or run in memory.
 * Everything that reads is strict and bounded and reports all faults at once, each with a JSON pointer.
 * Nothing here knows HTTP, a connection or a container.
 */
@NullMarked
package io.ashlar.filter.dsl;

import org.jspecify.annotations.NullMarked;
