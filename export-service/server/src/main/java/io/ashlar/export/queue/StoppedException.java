package io.ashlar.export.queue;

/** The attempt must end now: cancelled, lost to another worker, or the process shuts down. */
public final class StoppedException extends Exception {

    private static final long serialVersionUID = 1L;

    StoppedException(String reason) {
        super(reason);
    }
}
