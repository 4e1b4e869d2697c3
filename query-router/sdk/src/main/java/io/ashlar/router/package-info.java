/**
 * The words in which the router refuses. They are frozen by a golden file: added to, never renamed. What a caller may read
 * and how fresh is in {@link io.ashlar.router.token} and {@link io.ashlar.router.client}.
 */
@NullMarked
package io.ashlar.router;

import org.jspecify.annotations.NullMarked;
