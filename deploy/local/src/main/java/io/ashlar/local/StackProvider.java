package io.ashlar.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** How the servers are run; the same contract, two ways. */
enum StackProvider {
    /** Child processes of this JVM, from Maven artifacts. */
    EMBEDDED {
        @Override
        Stack start(StackOptions options) {
            return EmbeddedStack.start(options);
        }
    },
    /** Containers, by Testcontainers, which must be on the class path; the issuer is a child process here too. */
    CONTAINERS {
        @Override
        Stack start(StackOptions options) {
            try {
                return ContainerStack.start(options);
            } catch (NoClassDefFoundError e) {
                throw new StackException(
                        PROPERTY + "=containers needs org.testcontainers:testcontainers on the class path", e);
            }
        }
    };

    static final String PROPERTY = "ashlar.stack";

    abstract Stack start(StackOptions options);

    static StackProvider chosen() {
        String name = System.getProperty(PROPERTY, "embedded");
        return switch (name) {
            case "embedded" -> EMBEDDED;
            case "containers" -> CONTAINERS;
            default ->
                throw new IllegalArgumentException(
                        PROPERTY + "=" + name + " is unknown; allowed: embedded, containers");
        };
    }

    /** Whichever provider started it. */
    static Stack attach(Path directory) {
        Path absolute = directory.toAbsolutePath().normalize();
        try {
            StackState state =
                    StackState.read(absolute).orElseThrow(() -> new StackException("no stack has run in " + absolute));
            return state.containers().isEmpty()
                    ? EmbeddedStack.attach(absolute, state)
                    : ContainerStack.attach(absolute, state);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
