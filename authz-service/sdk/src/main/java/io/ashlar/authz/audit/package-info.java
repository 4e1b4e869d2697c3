/**
 * The audit spool: what was decided is written to the pod's own disk before it is answered, and shipped to Kafka later.
 * It survives the death of the process (not the loss of the disk), is bounded, and when full makes the caller wait and
 * then deny; nothing is ever dropped.
 * It carries bytes somebody else encoded: what an audit event says is the matter of its producer.
 */
@NullMarked
package io.ashlar.authz.audit;

import org.jspecify.annotations.NullMarked;
