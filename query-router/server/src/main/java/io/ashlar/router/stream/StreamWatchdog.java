package io.ashlar.router.stream;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Cuts streams that last too long or whose reader stalls: a snapshot held for ever keeps a replica from replaying. */
@Singleton
final class StreamWatchdog {

    private static final Logger LOG = Logger.getLogger(StreamWatchdog.class);

    private final StreamConfig config;
    private final Map<OpenStream, Thread> running = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("stream-watchdog").factory());

    @SuppressWarnings("FutureReturnValueIgnored") // Ends with the timer.
    StreamWatchdog(StreamConfig config) {
        this.config = config;
        timer.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
    }

    /** From the moment it is open: one that nobody ever starts to read counts as stalled. */
    void opened(OpenStream stream) {
        running.put(stream, Thread.currentThread());
    }

    void ended(OpenStream stream) {
        running.remove(stream);
    }

    void stop(@Observes ShutdownEvent event) {
        timer.shutdownNow();
        running.keySet().forEach(OpenStream::abort);
    }

    private void look() {
        long now = System.nanoTime();
        running.forEach((stream, reader) -> {
            boolean late = now - stream.openedAtNanos() > config.limit().toNanos();
            boolean stalled =
                    now - stream.progressAtNanos().get() > config.stallLimit().toNanos();
            if ((late || stalled) && running.remove(stream) != null) {
                LOG.warnf("event=stream_cut node=%s why=%s", stream.node().name(), late ? "limit" : "stalled_reader");
                stream.abort();
                // A write that waits for the reader's socket ends by this only.
                reader.interrupt();
                stream.close();
            }
        });
    }
}
