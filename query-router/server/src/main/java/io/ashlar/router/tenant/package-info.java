/**
 * How many reads one tenant may have running in this pod, for people and for jobs apart. A share of the connections to one
 * node, so that there is always one left for somebody else; who finds none free waits a moment in a bounded line, then is
 * refused. What is held of a tenant is forgotten when its last read ends.
 */
@NullMarked
package io.ashlar.router.tenant;

import org.jspecify.annotations.NullMarked;
