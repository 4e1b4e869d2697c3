/**
 * Turns a decision about rows that are not known yet into a filter over their attributes.
 * Scopes are matched exactly over principal and action; each condition becomes two formulas, true-without-error and
 * false-without-error, and a row passes iff some permit is true and every forbid is false.
 * What cannot be translated is refused with its place in the policy, never widened.
 */
@NullMarked
package io.ashlar.authz.planning;

import org.jspecify.annotations.NullMarked;
