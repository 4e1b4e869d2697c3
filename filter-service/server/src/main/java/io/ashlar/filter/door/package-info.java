/**
 * What the HTTP interface as a whole says of itself: title, security and the one form of every refusal. The door proper is
 * the guard, which every server shares. Nothing here decides anything.
 */
@NullMarked
package io.ashlar.filter.door;

import org.jspecify.annotations.NullMarked;
