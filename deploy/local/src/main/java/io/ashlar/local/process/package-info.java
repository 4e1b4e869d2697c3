/**
 * Child processes: launched, awaited, signalled, and ended with their parent. Each child is known by a pid file, so that
 * another JVM can take hold of it and the watchdog can end it when the parent is gone.
 * {@link io.ashlar.local.process.Children} is the door.
 */
@NullMarked
package io.ashlar.local.process;

import org.jspecify.annotations.NullMarked;
