package io.ashlar.local.process;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A small JVM that reads a pipe from the parent. Only the parent holds the other end, so that the kernel closes it
 * however the parent ends, by SIGKILL too: at the end of the stream everything with a pid file is ended and, where asked,
 * the data removed. Interrupts from the terminal are ignored: the parent gets them too and its end is what counts.
 */
public final class Watchdog implements AutoCloseable {

    static final String NAME = "watchdog";

    /** Until the servers are killed; the promise to the outside is ten seconds for all. */
    private static final Duration ORDERLY_STOP = Duration.ofSeconds(4);

    private final Child process;
    private final OutputStream pipe;

    private Watchdog(Child process, OutputStream pipe) {
        this.process = process;
        this.pipe = pipe;
    }

    /**
     * Starts the watchdog of a stack directory.
     *
     * @param directory the stack's
     * @param removed at the end, after SIGKILL for all; empty to keep everything and end the servers in order
     */
    public static Watchdog start(Path directory, List<Path> removed) {
        Children children = new Children(directory);
        Path log = children.log(NAME);
        Path pidFile = children.pids().resolve(NAME);
        try {
            Files.createDirectories(children.pids());
            Files.createDirectories(log.getParent());
            List<String> command = new ArrayList<>(
                    List.of("/bin/sh", "-c", "trap '' INT HUP TERM; echo \"$$ TERM\" > \"$0\"; exec \"$@\""));
            command.add(pidFile.toString());
            command.addAll(JavaCommand.small(Watchdog.class, "16m", List.of(OwnClasses.copyTo(directory))));
            command.add(directory.toString());
            removed.forEach(path -> command.add(path.toString()));
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(Path.of("/").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            Process process = builder.start();
            return new Watchdog(
                    new Child(NAME, process.toHandle(), Launch.StopSignal.TERM, log), process.getOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the watchdog, log " + log, e);
        }
    }

    /** Lets go: the watchdog ends whatever is left and then itself. */
    @Override
    public void close() {
        try {
            pipe.close();
        } catch (IOException e) {
            // The reader is gone already; waiting tells.
            process.kill();
        }
        if (!process.ended(Duration.ofSeconds(15))) {
            process.kill();
        }
    }

    /** The watchdog's own JVM. */
    public static void main(String[] args) throws IOException {
        Path directory = Path.of(args[0]);
        Children children = new Children(directory);
        // Loads the classes now: when they are needed there may be little time and no room.
        Child.allEnded(children.living().stream().map(Child::process).toList(), Duration.ZERO);
        Directories.delete(children.pids().resolve("none"));
        System.in.transferTo(OutputStream.nullOutputStream());
        if (args.length > 1) {
            children.killAll();
            for (String removed : List.of(args).subList(1, args.length)) {
                Directories.delete(Path.of(removed));
            }
        } else {
            children.stopAll(ORDERLY_STOP);
        }
        // Something may have been starting while the rest was ending.
        children.killAll();
        Directories.delete(children.pids());
        OwnClasses.removeCopy(directory);
    }
}
