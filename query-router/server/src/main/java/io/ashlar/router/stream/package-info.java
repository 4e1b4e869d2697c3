/**
 * All rows of a sealed query as NDJSON, at the reader's pace: a cursor of pgjdbc on a virtual thread, whose blocked write is
 * the back pressure. The proof is checked before the first row; the trailer with count, digest and token is the proof of the
 * whole, and whoever reads discards everything without it. A stream lasts ten minutes at most and is cut when its reader
 * stalls.
 */
@NullMarked
package io.ashlar.router.stream;

import org.jspecify.annotations.NullMarked;
