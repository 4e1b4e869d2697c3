package io.ashlar.local.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How to run one child.
 *
 * @param name unique within a stack; names the pid file and the log
 * @param command program and arguments; no secrets, every user of the machine can read them
 * @param environment added to the parent's; what the parent has of {@code JAVA_TOOL_OPTIONS} and the like is not inherited
 * @param directory working directory
 * @param stop the signal that asks the program to end in order
 */
public record Launch(
        String name, List<String> command, Map<String, String> environment, Path directory, StopSignal stop) {

    /** Signals that end a program in order. */
    public enum StopSignal {
        TERM,
        /** PostgreSQL's fast shutdown; on TERM it would wait for its clients. */
        INT
    }

    public Launch {
        if (!name.matches("[a-z0-9-]{1,64}")) {
            throw new IllegalArgumentException("name " + name);
        }
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }
}
