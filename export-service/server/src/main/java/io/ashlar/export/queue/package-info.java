/**
 * The queue of jobs in PostgreSQL: who works on what, for how long, and what became of it. A claim raises the job's fencing
 * token; heartbeats and ends name it, so a worker that was taken for dead changes nothing any more. What a job does is its
 * {@link io.ashlar.export.queue.JobHandler}'s affair.
 */
@NullMarked
package io.ashlar.export.queue;

import org.jspecify.annotations.NullMarked;
