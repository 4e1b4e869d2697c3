package io.ashlar.export.queue;

/** Does one kind of job. Called on a virtual thread, for many jobs at once. */
public interface JobHandler {

    /** The kind of jobs it does. */
    String kind();

    /**
     * Does the job, or one attempt at it. Anything thrown is an attempt that may be repeated.
     *
     * @throws StoppedException if {@code run} says so
     * @throws InterruptedException if the job was stopped while it waited
     */
    Outcome run(Job job, Run run) throws StoppedException, InterruptedException;
}
