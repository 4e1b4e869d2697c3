/**
 * Cursor pages over ids in order.
 * A cursor is sealed, bound to the tenant and the list, and expires.
 * Pages and cursors are bounded.
 */
@NullMarked
package io.ashlar.authz.page;

import org.jspecify.annotations.NullMarked;
