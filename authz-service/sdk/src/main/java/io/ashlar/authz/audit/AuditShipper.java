package io.ashlar.authz.audit;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Takes batches out of a spool, has them delivered, and moves the read mark; tries for ever, slower after each failure.
 * Closing it drains what is in the spool for at most the given time.
 */
public final class AuditShipper implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(AuditShipper.class.getName());
    private static final int BATCH_RECORDS_MAX = 500;
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long BACKOFF_MILLIS_MAX = 5_000;

    private enum Shipment {
        DELIVERED,
        NOTHING,
        FAILED
    }

    private final AuditSpool spool;
    private final AuditSink sink;
    private final Duration drain;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final AtomicLong shipped = new AtomicLong();
    private final Thread thread;
    private volatile @Nullable String failure;

    private AuditShipper(AuditSpool spool, AuditSink sink, Duration drain) {
        this.spool = spool;
        this.sink = sink;
        this.drain = drain;
        this.thread = Thread.ofPlatform().name("audit-shipper").daemon(true).unstarted(this::run);
    }

    /** Starts shipping. */
    public static AuditShipper start(AuditSpool spool, AuditSink sink, Duration drain) {
        AuditShipper shipper = new AuditShipper(spool, sink, drain);
        shipper.thread.start();
        return shipper;
    }

    /** Records delivered since the start, merged ones counted once. */
    public long shipped() {
        return shipped.get();
    }

    /** Why the last attempt failed, or null if it did not. */
    public @Nullable String failure() {
        return failure;
    }

    /** False once the spool turned out damaged, or after closing: what is in it stays there. */
    public boolean running() {
        return thread.isAlive();
    }

    private void run() {
        try {
            long backoffMillis = 50;
            while (stop.getCount() > 0) {
                if (ship(POLL) != Shipment.FAILED) {
                    backoffMillis = 50;
                } else if (!stop.await(backoffMillis, TimeUnit.MILLISECONDS)) {
                    backoffMillis = Math.min(BACKOFF_MILLIS_MAX, backoffMillis * 2);
                }
            }
            drain();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // A damaged file: nothing more can be shipped, and readiness says so.
            failure = e.toString();
            LOG.log(System.Logger.Level.ERROR, "event=audit_shipper_ended", e);
        }
    }

    private void drain() throws InterruptedException {
        long until = System.nanoTime() + drain.toNanos();
        spool.endMerging();
        Shipment last = Shipment.DELIVERED;
        while (last == Shipment.DELIVERED && System.nanoTime() - until < 0) {
            last = ship(Duration.ZERO);
        }
    }

    /** Takes one batch. */
    private Shipment ship(Duration wait) throws InterruptedException {
        AuditSpool.Batch batch = spool.await(BATCH_RECORDS_MAX, wait);
        if (batch == null) {
            return Shipment.NOTHING;
        }
        try {
            sink.deliver(batch.records());
        } catch (AuditSink.DeliveryException e) {
            if (failure == null) {
                LOG.log(System.Logger.Level.WARNING, "event=audit_delivery_failed reason=" + e.getMessage(), e);
            }
            failure = String.valueOf(e.getMessage());
            return Shipment.FAILED;
        }
        spool.acknowledge(batch);
        shipped.addAndGet(batch.records().size());
        failure = null;
        return Shipment.DELIVERED;
    }

    /** Stops taking new work, delivers what is there within the drain time, and closes the sink, not the spool. */
    @Override
    public void close() {
        stop.countDown();
        try {
            if (!thread.join(drain.plusSeconds(5))) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        sink.close();
    }
}
