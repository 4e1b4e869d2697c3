/** Short requests on the event loop. */
@NullMarked
package io.ashlar.guard.express;

import org.jspecify.annotations.NullMarked;
