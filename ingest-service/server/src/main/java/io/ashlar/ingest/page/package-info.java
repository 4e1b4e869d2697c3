/**
 * Cursors of this service's lists: sealed, of one tenant and one list, for a while.
 * What is inside is nobody's business, so the order of a list can change without breaking a client.
 * The same codec seals the cursors of queries.
 */
@NullMarked
package io.ashlar.ingest.page;

import org.jspecify.annotations.NullMarked;
