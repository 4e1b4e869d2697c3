package io.ashlar.local.process;

import java.io.IOException;
import java.util.Optional;

/** One server as a program that can be launched again and again on the same data and port. */
public interface Program {

    /** Prepares data and configuration where they are missing, and says how to run. */
    Launch launch() throws IOException;

    /** Whether the server answers as it should; an exception counts as no. */
    boolean ready() throws Exception;

    /** The archive of its classes, if it has one. */
    default Optional<ClassArchive> archive() {
        return Optional.empty();
    }

    /** What is made in the answering server (databases, roles, topics); harmless when repeated. */
    default void provision() throws Exception {}
}
