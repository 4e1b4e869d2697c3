package io.ashlar.local;

import io.ashlar.local.postgres.PostgresTemplate;
import io.ashlar.local.process.Artifacts;
import io.ashlar.local.process.Children;
import io.ashlar.local.process.OwnClasses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The provider whose servers are child processes. */
final class EmbeddedStack {

    private EmbeddedStack() {}

    static Stack start(StackOptions options) {
        Path directory = options.directory();
        try {
            Files.createDirectories(directory);
            if (!new Children(directory).living().isEmpty()) {
                throw new StackException("a stack runs in " + directory + " already");
            }
            PostgresTemplate template = PostgresTemplate.prepare(Artifacts.load(), EmbeddedServers.cache());
            Optional<StackState> kept = StackState.read(directory);
            StackState state = StackState.choose(options, kept, template.superuserPassword());
            if (kept.filter(state::changesPasswords).isPresent()) {
                EmbeddedServers.forgetPeople(directory);
            }
            state.write(directory);
            // What an interrupted run may have left.
            OwnClasses.removeCopy(directory);
            return RunningStack.start(directory, state, ProcessHost.owning(directory, state));
        } catch (IOException e) {
            throw new StackException("cannot prepare a stack in " + directory + ": " + e.getMessage(), e);
        }
    }

    static Stack attach(Path directory, StackState state) {
        if (new Children(directory).living().isEmpty()) {
            throw new StackException("no stack runs in " + directory);
        }
        try {
            return RunningStack.attached(directory, state, ProcessHost.attached(directory, state));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
