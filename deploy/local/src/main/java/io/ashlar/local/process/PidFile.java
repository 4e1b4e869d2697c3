package io.ashlar.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A file {@code <pid> <signal>} that the child's own shell wrote just before it became the program, so that there is no
 * moment in which the program runs and the file is missing. A process that started after the file was written has got
 * the pid by reuse and is not ours.
 */
record PidFile(Path path, long pid, Launch.StopSignal stop, Instant written) {

    /** Clock ticks of the process table against those of the file system. */
    private static final Duration SLACK = Duration.ofSeconds(2);

    static Optional<PidFile> read(Path path) throws IOException {
        try {
            String[] words = Files.readString(path).strip().split(" ", -1);
            if (words.length != 2) {
                return Optional.empty(); // being written
            }
            return Optional.of(new PidFile(
                    path,
                    Long.parseLong(words[0]),
                    Launch.StopSignal.valueOf(words[1]),
                    Files.getLastModifiedTime(path).toInstant()));
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        }
    }

    /** The living process, if it is still the one that wrote the file. */
    Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid).filter(Signals::running).filter(handle -> handle.info()
                .startInstant()
                .map(started -> started.isBefore(written.plus(SLACK)))
                .orElse(true));
    }
}
