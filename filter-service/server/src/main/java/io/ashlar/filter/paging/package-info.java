/**
 * Cursors as this service hands them out: sealed, bound to a tenant and to what was asked, and good for a while. One key set
 * serves query pages and lists alike. A cursor that does not open is answered in one way, whatever the reason.
 */
@NullMarked
package io.ashlar.filter.paging;

import org.jspecify.annotations.NullMarked;
