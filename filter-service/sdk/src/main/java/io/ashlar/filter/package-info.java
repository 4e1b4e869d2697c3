/**
 * What filter-service refuses, in its own words. The vocabulary is sealed: codes are added, never renamed or given another
 * meaning, and a golden file holds them. The codes of single faults inside a problem are those of
 * {@link io.ashlar.filter.dsl.FaultCode}.
 */
@NullMarked
package io.ashlar.filter;

import org.jspecify.annotations.NullMarked;
