/**
 * Access reviews: the grants that users and groups have at one revision, the word of a reviewer on each of them, and the end of
 * those for which nobody has spoken in time, where the review says so.
 * Grants are taken away through the principals, so that every cache learns of it as of any change.
 * All that was said and done stays, as evidence.
 */
@NullMarked
package io.ashlar.authz.accessreview;

import org.jspecify.annotations.NullMarked;
