/**
 * Why a row is not in an answer: one row, named by its key, is judged by each node of the client's own filter. The row is
 * read as any page is, under the caller's plan and masks, so that a row that may not be read is answered as one that does not
 * exist. The judging is the filter language's interpreter, which agrees with what the stores do.
 */
@NullMarked
package io.ashlar.filter.why;

import org.jspecify.annotations.NullMarked;
