package io.ashlar.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The child processes of one stack directory: {@code pids/<name>} and {@code logs/<name>.log}. Thread-safe as long as one
 * name is used by one thread at a time.
 */
public final class Children {

    private static final String SHELL = "umask 077 && echo \"$$ $1\" > \"$0\" && shift && exec \"$@\"";

    /** What would change how a child JVM runs, or hand it an agent of the parent's. */
    private static final Set<String> NOT_INHERITED =
            Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "CLASSPATH", "MAVEN_OPTS");

    private final Path directory;

    public Children(Path directory) {
        this.directory = directory;
    }

    /** Where the pid files are. */
    Path pids() {
        return directory.resolve("pids");
    }

    public Path log(String name) {
        return directory.resolve("logs").resolve(name + ".log");
    }

    /** Starts a program; its output is appended to its log. */
    public Child launch(Launch launch) {
        Path log = log(launch.name());
        Path pidFile = pids().resolve(launch.name());
        try {
            Files.createDirectories(pids());
            Files.createDirectories(log.getParent());
            Files.deleteIfExists(pidFile);
            List<String> command = new ArrayList<>(List.of(
                    "/bin/sh", "-c", SHELL, pidFile.toString(), launch.stop().name()));
            command.addAll(launch.command());
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(launch.directory().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().keySet().removeAll(NOT_INHERITED);
            // The launcher's own settings (ASHLAR_HOME, …) would be read as configuration by a service.
            builder.environment().keySet().removeIf(name -> name.startsWith("ASHLAR_"));
            builder.environment().putAll(launch.environment());
            Process process = builder.start();
            process.getOutputStream().close();
            return new Child(launch.name(), process.toHandle(), launch.stop(), log);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + launch.name() + ", log " + log, e);
        }
    }

    /** The living child of that name, whoever started it. */
    public Optional<Child> find(String name) {
        try {
            return PidFile.read(pids().resolve(name))
                    .flatMap(file -> file.process().map(process -> new Child(name, process, file.stop(), log(name))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All living children but the watchdog, in no order. */
    public List<Child> living() {
        if (!Files.isDirectory(pids())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(pids())) {
            return files.map(path -> path.getFileName().toString())
                    .filter(name -> !name.equals(Watchdog.NAME))
                    .map(this::find)
                    .flatMap(Optional::stream)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends all in order, those that do not end in time by SIGKILL. */
    public void stopAll(Duration within) {
        List<Child> living = living();
        List<ProcessHandle> processes = living.stream()
                .flatMap(child -> Signals.tree(child.process()).stream())
                .toList();
        Signals.send("CONT", processes);
        for (Launch.StopSignal signal : Launch.StopSignal.values()) {
            Signals.send(
                    signal.name(),
                    living.stream()
                            .filter(child -> child.stop() == signal)
                            .map(Child::process)
                            .toList());
        }
        if (!Child.allEnded(processes, within)) {
            killAll();
        }
    }

    /** Ends all by SIGKILL. */
    public void killAll() {
        Child.killAll(living().stream().map(Child::process).toList());
    }
}
