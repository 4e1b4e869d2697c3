/**
 * What the cluster looks like at this instant: who is the primary, how far each replica has got, which timelines there were.
 * Probes ask every node ten times a second on connections of their own; the picture is immutable and swapped in one
 * reference. Nobody here decides where a read goes.
 */
@NullMarked
package io.ashlar.router.topology;

import org.jspecify.annotations.NullMarked;
