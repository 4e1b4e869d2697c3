/**
 * Redis from the binary inside the embedded-redis jar, run by us as one server with a password and bounded memory.
 * The jar's own Java is not used.
 */
@NullMarked
package io.ashlar.local.redis;

import org.jspecify.annotations.NullMarked;
