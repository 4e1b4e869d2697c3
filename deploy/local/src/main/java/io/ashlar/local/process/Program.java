package io.ashlar.local.process;

import java.io.IOException;
import java.util.Optional;

/** One server as a program that can be launched again and again on the same data and port. */
public interface Program extends Answering {

    /** Prepares data and configuration where they are missing, and says how to run. */
    Launch launch() throws IOException;

    /** The archive of its classes, if it has one. */
    default Optional<ClassArchive> archive() {
        return Optional.empty();
    }
}
