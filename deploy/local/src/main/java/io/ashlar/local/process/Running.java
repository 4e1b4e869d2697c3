package io.ashlar.local.process;

import java.nio.file.Path;
import java.time.Duration;

/** A server that was started, wherever it runs. Thread-safe. */
public interface Running {

    /** The server's label. */
    String name();

    /** Where its output goes. */
    Path log();

    /** Waits until it has ended, at most so long; true if it has. */
    boolean ended(Duration within);

    /** Asks it to end, and kills it if it has not within the time given; true if it did as asked. */
    boolean stop(Duration within);

    /** SIGKILL for all of it; returns when it is gone. */
    void kill();

    /** Freezes all of it. */
    void pause();

    /** Undoes {@link #pause()}. */
    void resume();
}
