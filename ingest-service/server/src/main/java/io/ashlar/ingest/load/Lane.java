package io.ashlar.ingest.load;

import io.agroal.api.AgroalDataSource;
import io.ashlar.ingest.load.StoreTransaction.FencedException;
import io.ashlar.ingest.load.StoreTransaction.Written;
import io.ashlar.ingest.month.MonthKeeper;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * One writer thread: takes a buffer, stores it in one transaction, takes the next. While it writes, the consumer thread fills
 * the next buffer, so that batches grow with the load. At most one buffer waits.
 */
final class Lane implements Runnable {

    private static final Logger LOG = Logger.getLogger(Lane.class);
    private static final long WAIT_MILLIS = 100;

    private final AgroalDataSource system;
    private final StoreTransaction transaction;
    private final MonthKeeper months;
    private final LoadTelemetry telemetry;
    private final BlockingQueue<RowBuffer> waiting = new ArrayBlockingQueue<>(1);
    private final Thread thread;
    private volatile boolean idle = true;
    private volatile boolean stopping;

    /** Filled by the consumer thread only. */
    private RowBuffer open = new RowBuffer();

    private long openedAt;

    Lane(int number, AgroalDataSource system, AttributeCatalog catalog, MonthKeeper months, LoadTelemetry telemetry) {
        this.system = system;
        this.transaction = new StoreTransaction(catalog);
        this.months = months;
        this.telemetry = telemetry;
        this.thread = Thread.ofPlatform().name("ingest-lane-" + number).daemon().unstarted(this);
    }

    void start() {
        thread.start();
    }

    /** The buffer to add to; for the consumer thread. */
    RowBuffer open() {
        if (open.isEmpty()) {
            openedAt = System.nanoTime();
        }
        return open;
    }

    /** Hands the open buffer over if it is large or old enough and nothing waits; for the consumer thread. */
    void handOver(int rowsMin, Duration linger) {
        if (open.isEmpty() || !waiting.isEmpty()) {
            return;
        }
        boolean old = System.nanoTime() - openedAt >= linger.toNanos();
        if ((open.rows >= rowsMin || (idle && old)) && waiting.offer(open)) {
            open = new RowBuffer();
        }
    }

    boolean alive() {
        return thread.isAlive();
    }

    void stop(Duration patience) throws InterruptedException {
        stopping = true;
        thread.join(patience);
    }

    @Override
    public void run() {
        while (!stopping) {
            try {
                RowBuffer buffer = waiting.poll(WAIT_MILLIS, TimeUnit.MILLISECONDS);
                if (buffer != null) {
                    idle = false;
                    load(buffer);
                    idle = true;
                }
            } catch (InterruptedException stopped) {
                return;
            }
        }
    }

    private void load(RowBuffer buffer) {
        try (LoadTelemetry.Load load = telemetry.begin(buffer)) {
            for (ChunkSpan span : buffer.chunks()) {
                months.ensure(LeafCopy.monthOf(span.ingestedAtMicros));
            }
            try (Connection connection = system.getConnection()) {
                Written written = transaction.store(connection, buffer);
                load.done(written);
            } catch (FencedException fenced) {
                LOG.warnf(
                        "fence did not move partitions=%s",
                        buffer.chunks().stream()
                                .map(span -> span.hold.partition())
                                .distinct()
                                .toList());
                judge(buffer);
            }
        } catch (SQLException | RuntimeException failed) {
            // Unknown outcome included: whoever takes the partition up again asks the store how far it is.
            LOG.errorf(failed, "load failed rows=%d", buffer.rows);
            telemetry.failed();
            buffer.chunks().forEach(span -> span.hold.end(PartitionHold.State.FAILED));
        }
    }

    /** Who was overtaken stops; who merely shared the transaction begins again. */
    private void judge(RowBuffer buffer) throws SQLException {
        try (Connection connection = system.getConnection()) {
            for (ChunkSpan span : buffer.chunks()) {
                if (span.hold.held()) {
                    boolean overtaken = Fence.overtaken(connection, span.hold);
                    span.hold.end(overtaken ? PartitionHold.State.FENCED : PartitionHold.State.FAILED);
                }
            }
        }
    }
}
