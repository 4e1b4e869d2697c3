/**
 * What evaluation works with: values of the language, the extension types, and entities with their ancestors computed.
 * An {@link io.ashlar.cedar.value.EntityStore} is built once and asked many times; facts of one request are laid over it.
 * Everything is immutable and bounded; a hierarchy that goes in circles is refused.
 */
@NullMarked
package io.ashlar.cedar.value;

import org.jspecify.annotations.NullMarked;
