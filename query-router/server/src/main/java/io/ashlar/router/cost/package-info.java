/**
 * What a statement would cost, before it costs it. A shape (the statement's text, which holds no values) that was not seen
 * before is explained by the very node that is to run it; one that is far below the ceiling is remembered for a while and not
 * explained again, one above it is refused with the planner's numbers.
 */
@NullMarked
package io.ashlar.router.cost;

import org.jspecify.annotations.NullMarked;
