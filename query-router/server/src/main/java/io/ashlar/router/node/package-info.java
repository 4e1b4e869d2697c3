/**
 * PostgreSQL servers and how to reach them. Connections here are plain JDBC, one at a time, for probes, streams and the
 * record of timelines; pages have pools of their own ({@code io.ashlar.router.flight}). Nothing here knows which server is
 * the primary.
 */
@NullMarked
package io.ashlar.router.node;

import org.jspecify.annotations.NullMarked;
