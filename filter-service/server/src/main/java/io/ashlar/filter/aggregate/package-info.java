/**
 * Groups of rows and their measures. An aggregate is checked like a query, over the fields that its caller may see, and runs
 * over the rows that the plan leaves: a field that is masked in rows can be neither grouped by nor measured. Pages of groups
 * have cursors like pages of rows.
 */
@NullMarked
package io.ashlar.filter.aggregate;

import org.jspecify.annotations.NullMarked;
