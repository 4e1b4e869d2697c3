/**
 * Values of the store as JSON on the wire: numbers exact, instants in UTC with microseconds, nothing where nothing is.
 * Rows are written as they come, without a tree for each.
 */
@NullMarked
package io.ashlar.router.rows;

import org.jspecify.annotations.NullMarked;
