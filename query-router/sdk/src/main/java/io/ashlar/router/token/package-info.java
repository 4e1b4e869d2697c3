/**
 * What a caller must be able to see: log positions and topic offsets, in one opaque text. A writer hands it out after its
 * commit, a reader brings it back, and the router picks a node that has got that far. Plain Java without HTTP, so that
 * whoever writes or stores a token needs nothing else.
 */
@NullMarked
package io.ashlar.router.token;

import org.jspecify.annotations.NullMarked;
