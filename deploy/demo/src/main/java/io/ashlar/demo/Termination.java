package io.ashlar.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** Closes the platform when the process is told to end (SIGTERM, Ctrl-C); a kill -9 is the stack's watchdog's business. */
final class Termination {

    private final CountDownLatch told = new CountDownLatch(1);

    private Termination() {}

    /** From now on, {@code platform} is closed before the process ends, and these files removed. */
    static Termination closing(AutoCloseable platform, Path... files) {
        Termination termination = new Termination();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            termination.told.countDown();
                            close(platform);
                            delete(files);
                        },
                        "termination"));
        return termination;
    }

    /** Blocks until the process is told to end. */
    void await() throws InterruptedException {
        told.await();
        // The hook ends the process; until then there is nothing left to do here.
        Thread.currentThread().join();
    }

    private static void delete(Path... files) {
        try {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(AutoCloseable platform) {
        try {
            platform.close();
        } catch (Exception e) {
            throw new IllegalStateException("the platform did not close", e);
        }
    }
}
