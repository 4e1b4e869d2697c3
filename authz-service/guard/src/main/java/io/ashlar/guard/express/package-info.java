/**
 * A shorter way through the same door, for requests whose answer takes less time than the framework's layers: the event loop that
 * read a request answers it. Request id, caller, limits and problems are those of every other request; whatever is not plain (a token
 * that must be proven first, a long body, another content type) takes the usual way to the resource of the same path.
 */
@NullMarked
package io.ashlar.guard.express;

import org.jspecify.annotations.NullMarked;
