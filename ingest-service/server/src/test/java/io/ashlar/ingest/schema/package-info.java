/**
 * Tests of the schema: see the classes.
 * They run against real servers.
 * None of them sleeps; they await conditions.
 */
@NullMarked
package io.ashlar.ingest.schema;

import org.jspecify.annotations.NullMarked;
