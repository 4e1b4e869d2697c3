/**
 * What an index can and cannot do for a query, told before it runs and when it was refused as too dear. Every relation is read
 * under row-level security, so that a condition is looked up in an index only if its operator is leakproof; the rest is
 * looked at row by row. The advice knows PostgreSQL's catalogue and the text that the compiler makes of each operator.
 */
@NullMarked
package io.ashlar.filter.advice;

import org.jspecify.annotations.NullMarked;
