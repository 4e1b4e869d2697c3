package io.ashlar.local.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Waits for a condition of a running server, with a deadline and an error that says where to look. */
public final class Await {

    private static final Duration INTERVAL = Duration.ofMillis(40);
    private static final int TAIL_BYTES = 2_000;

    private Await() {}

    /**
     * Asks again and again until the answer is true; an exception counts as not yet.
     *
     * @throws IllegalStateException if the child ends or the deadline passes first, with the end of its log
     */
    public static void until(Running child, String what, Duration deadline, Callable<Boolean> condition) {
        long end = System.nanoTime() + deadline.toNanos();
        Exception last = null;
        while (System.nanoTime() < end) {
            try {
                if (condition.call()) {
                    return;
                }
                last = null;
            } catch (Exception notYet) {
                last = notYet;
            }
            if (child.ended(INTERVAL)) {
                throw failed(child, "ended before " + what, last);
            }
        }
        throw failed(child, "not " + what + " within " + deadline.toSeconds() + " s", last);
    }

    private static IllegalStateException failed(Running child, String why, @Nullable Exception last) {
        return new IllegalStateException(
                child.name() + " " + why + (last == null ? "" : " (" + last.getMessage() + ")") + "; log " + child.log()
                        + tail(child),
                last);
    }

    private static String tail(Running child) {
        try (RandomAccessFile file = new RandomAccessFile(child.log().toFile(), "r")) {
            long from = Math.max(0, file.length() - TAIL_BYTES);
            byte[] bytes = new byte[(int) (file.length() - from)];
            file.seek(from);
            file.readFully(bytes);
            return " ends with:\n" + new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return " cannot be read: " + e.getMessage();
        }
    }
}
