/**
 * The audit event: who did or was refused what, under which policy. One Kafka record of the audit topic is one event.
 * The guard of every service writes them; ingest-service keeps the log.
 */
@NullMarked
package io.ashlar.ingest.audit;

import org.jspecify.annotations.NullMarked;
