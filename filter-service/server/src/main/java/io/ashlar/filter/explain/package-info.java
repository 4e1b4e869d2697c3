/**
 * What a query would be and cost: its SQL for each store, the planner's estimates, what the policies add, and which of its
 * conditions an index serves. Nothing is run. The SQL shown is the client's own filter with placeholders; what the policies
 * add to it is not shown, only that they do.
 */
@NullMarked
package io.ashlar.filter.explain;

import org.jspecify.annotations.NullMarked;
