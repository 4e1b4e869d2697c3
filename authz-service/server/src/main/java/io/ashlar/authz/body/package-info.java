/**
 * Reads bodies of requests, naming all that is wrong with them at once.
 * Facts become Cedar values: null is absence, a number with a fraction is a decimal.
 * Depth and size are bounded.
 */
@NullMarked
package io.ashlar.authz.body;

import org.jspecify.annotations.NullMarked;
