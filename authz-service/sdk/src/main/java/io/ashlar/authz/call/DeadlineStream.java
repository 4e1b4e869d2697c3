package io.ashlar.authz.call;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A stream that is closed under its reader's hands when its time is over: a peer that stalls must not hold a thread. */
final class DeadlineStream extends FilterInputStream {

    private static final System.Logger LOG = System.getLogger(DeadlineStream.class.getName());

    private final CompletableFuture<Void> alarm;

    DeadlineStream(InputStream in, Duration deadline) {
        super(in);
        this.alarm = CompletableFuture.runAsync(
                () -> closeQuietly(in), CompletableFuture.delayedExecutor(deadline.toNanos(), TimeUnit.NANOSECONDS));
    }

    @Override
    public void close() throws IOException {
        alarm.cancel(false);
        super.close();
    }

    private static void closeQuietly(InputStream in) {
        try {
            in.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "event=stream_deadline_close_failed", e);
        }
    }
}
