package io.ashlar.router.tenant;

import java.util.concurrent.atomic.AtomicBoolean;

/** A running read's place. Closing it gives the place back, once, whoever closes it and how often. Thread-safe. */
public final class Place implements AutoCloseable {

    private final Runnable giveBack;
    private final AtomicBoolean closed = new AtomicBoolean();

    Place(Runnable giveBack) {
        this.giveBack = giveBack;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            giveBack.run();
        }
    }
}
