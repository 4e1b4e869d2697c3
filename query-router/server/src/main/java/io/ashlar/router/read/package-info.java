/**
 * One read from its seal to its rows: the seal is opened, a node is chosen, the flight is flown, and when the node was not
 * what it seemed the choice is made again, once for a failure and within bounds for the rest. Everything a read may do comes
 * from the seal; only how fresh it must be comes from headers.
 */
@NullMarked
package io.ashlar.router.read;

import org.jspecify.annotations.NullMarked;
