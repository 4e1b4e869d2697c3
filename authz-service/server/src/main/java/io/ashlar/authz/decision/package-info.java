/**
 * Decides: AuthZEN evaluations, plans over rows, and the server's own door, all through one place that records first.
 * Input is read strictly and all that is wrong with it is named.
 * What cannot be decided or recorded is not allowed.
 */
@NullMarked
package io.ashlar.authz.decision;

import org.jspecify.annotations.NullMarked;
