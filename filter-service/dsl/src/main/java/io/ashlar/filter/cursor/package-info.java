/**
 * Cursors: where a client stands in the pages of a query, sealed so that it can neither be read nor bent.
 * A cursor opens only for the tenant, dataset, version and query that it was made for, and only until it expires.
 * It holds no permission: what the client may see is worked out anew for each page.
 */
@NullMarked
package io.ashlar.filter.cursor;

import org.jspecify.annotations.NullMarked;
