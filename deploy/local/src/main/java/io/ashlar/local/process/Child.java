package io.ashlar.local.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * One living child process. Thread-safe.
 *
 * @param name from its {@link Launch}
 * @param process the process
 * @param stop the signal that ends it in order
 * @param log where its output goes
 */
public record Child(String name, ProcessHandle process, Launch.StopSignal stop, Path log) implements Running {

    private static final long LOOK_NANOS = 10_000_000;
    private static final Duration FORGETTING = Duration.ofSeconds(2);

    public boolean alive() {
        return Signals.running(process);
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
        if (ended) {
            forgotten(List.of(process));
        } else {
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
        forgotten(roots);
    }

    static boolean allEnded(List<ProcessHandle> processes, Duration within) {
        return noneOf(processes, within, Signals::running);
    }

    /**
     * Whoever starts one of these again must not meet its number: their parent is asked to forget them. Where that is an init
     * that takes its time nobody starts them again, so that it is not waited for long.
     */
    private static void forgotten(List<ProcessHandle> roots) {
        if (!noneOf(roots, FORGETTING, ProcessHandle::isAlive)) {
            System.getLogger(Child.class.getName()).log(System.Logger.Level.DEBUG, "ended, still listed: {0}", roots);
        }
    }

    private static boolean noneOf(List<ProcessHandle> processes, Duration within, Predicate<ProcessHandle> there) {
        CompletableFuture<Void> exits = CompletableFuture.allOf(
                processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new));
        long end = System.nanoTime() + within.toNanos();
        // Java looks each 300 ms at what is no child of its own, which is too seldom for who waits for it.
        while (processes.stream().anyMatch(there)) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            if (done(exits, Math.min(left, LOOK_NANOS))) {
                return true;
            }
        }
        return true;
    }

    private static boolean done(CompletableFuture<Void> exits, long nanos) {
        try {
            exits.get(nanos, TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the end of processes", e);
        }
    }
}
