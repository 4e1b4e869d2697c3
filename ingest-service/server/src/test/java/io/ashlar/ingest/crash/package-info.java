/**
 * Tests of the crash: see the classes.
 * They run against real servers.
 * None of them sleeps; they await conditions.
 */
@NullMarked
package io.ashlar.ingest.crash;

import org.jspecify.annotations.NullMarked;
