package io.ashlar.local.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One living child process. Thread-safe.
 *
 * @param name from its {@link Launch}
 * @param process the process
 * @param stop the signal that ends it in order
 * @param log where its output goes
 */
public record Child(String name, ProcessHandle process, Launch.StopSignal stop, Path log) implements Running {

    public boolean alive() {
        return process.isAlive();
    }

    @Override
    public boolean ended(Duration within) {
        return allEnded(List.of(process), within);
    }

    @Override
    public boolean stop(Duration within) {
        List<ProcessHandle> tree = Signals.tree(process);
        Signals.send("CONT", tree);
        Signals.send(stop.name(), List.of(process));
        boolean ended = allEnded(tree, within);
        if (!ended) {
            kill();
        }
        return ended;
    }

    @Override
    public void kill() {
        killAll(List.of(process));
    }

    /** SIGSTOP for the whole tree. */
    @Override
    public void pause() {
        Signals.send("STOP", List.of(process));
        // What was forked before the stop is found now; nothing new can come.
        Signals.send("STOP", Signals.tree(process));
    }

    /** SIGCONT for the whole tree. */
    @Override
    public void resume() {
        Signals.send("CONT", Signals.tree(process).reversed());
    }

    static void killAll(List<ProcessHandle> roots) {
        List<ProcessHandle> trees =
                roots.stream().flatMap(root -> Signals.tree(root).stream()).toList();
        Signals.send("KILL", trees);
        if (!allEnded(trees, Duration.ofSeconds(10))) {
            throw new IllegalStateException("SIGKILL did not end " + trees);
        }
    }

    static boolean allEnded(List<ProcessHandle> processes, Duration within) {
        CompletableFuture<?>[] exits =
                processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(exits).get(within.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + processes, e);
        }
    }
}
