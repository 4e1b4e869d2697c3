/**
 * Readiness that names what is missing: each {@link io.ashlar.guard.ready.Need} is one thing without which a server cannot
 * do its job. The health endpoint lists all of them, the missing ones with a reason.
 * A need is asked often and must answer from memory.
 */
@NullMarked
package io.ashlar.guard.ready;

import org.jspecify.annotations.NullMarked;
