/**
 * The impact of a change of policies on real rows: two plans, before and after, are compared by sealed counts of the rows that
 * only one of them lets through. Filters are two-valued, so that the complement of a plan is exact. The result is signed, so
 * that whoever publishes policies can demand one without asking again.
 */
@NullMarked
package io.ashlar.filter.comparison;

import org.jspecify.annotations.NullMarked;
