package io.ashlar.authz.relay;

import io.ashlar.authz.change.ChangeCodec;
import io.ashlar.authz.change.ChangeMessage;
import io.ashlar.authz.change.ChangeMessage.Tick;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jboss.logging.Logger;

/**
 * Stands for the relay's office and, while it holds it, publishes. Any failure gives the office up (the connection is closed, and
 * with it the lock goes), so that another instance or this one can take it with a higher term. A change may be told twice, by
 * two terms; readers compare revisions.
 *
 * <p>Two relays cannot both hold the lock. One that was cut off from the database may still be sending what it had read: its
 * records carry the lower term, and its tick an old time.
 */
final class ChangeRelay implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(ChangeRelay.class);
    private static final long SEND_SECONDS_MAX = 10;

    private final DataSource direct;
    private final KafkaProducer<byte[], byte[]> producer;
    private final RelayConfig config;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;
    private volatile long epoch;

    private ChangeRelay(DataSource direct, Map<String, Object> kafka, RelayConfig config) {
        this.direct = direct;
        this.producer = new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer());
        this.config = config;
        this.thread = Thread.ofPlatform().name("authz-relay").daemon(true).unstarted(this::run);
    }

    /**
     * Starts.
     *
     * @param direct connections that no pooler multiplexes, with a socket timeout
     * @param kafka producer settings, complete
     */
    static ChangeRelay start(DataSource direct, Map<String, Object> kafka, RelayConfig config) {
        ChangeRelay relay = new ChangeRelay(direct, kafka, config);
        relay.thread.start();
        return relay;
    }

    /** The term in which this relay holds the office; 0 while it does not. */
    long epoch() {
        return epoch;
    }

    private void run() {
        boolean told = false;
        try {
            while (stop.getCount() > 0) {
                try (Outbox outbox = new Outbox(direct.getConnection())) {
                    Optional<Long> term = outbox.takeOffice();
                    if (term.isPresent()) {
                        LOG.infof("event=relay_took_office epoch=%d", term.get());
                        epoch = term.get();
                        told = false;
                        serve(outbox, epoch);
                    }
                } catch (SQLException | KafkaException | ExecutionException | TimeoutException e) {
                    if (!told) {
                        LOG.warnf(e, "event=relay_gave_up_office epoch=%d", epoch);
                        told = true;
                    }
                } finally {
                    epoch = 0;
                }
                pause();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(Outbox outbox, long term)
            throws SQLException, InterruptedException, ExecutionException, TimeoutException {
        while (stop.getCount() > 0) {
            long started = System.nanoTime();
            Instant databaseTime = outbox.time();
            Outbox.Batch batch;
            do {
                batch = outbox.read(config.batch(), term);
                publish(batch.changes());
                outbox.delete(batch.ids());
            } while (batch.ids().size() == config.batch());
            publish(List.of(new Tick(term, databaseTime)));
            Duration left = config.interval().minusNanos(System.nanoTime() - started);
            stop.await(Math.max(1, left.toMillis()), TimeUnit.MILLISECONDS);
        }
    }

    private void publish(List<? extends ChangeMessage> messages)
            throws InterruptedException, ExecutionException, TimeoutException {
        List<Future<?>> sent = new ArrayList<>(messages.size());
        messages.forEach(message -> sent.add(producer.send(ChangeCodec.toRecord(message))));
        for (Future<?> future : sent) {
            future.get(SEND_SECONDS_MAX, TimeUnit.SECONDS);
        }
    }

    private void pause() throws InterruptedException {
        stop.await(config.interval().toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        stop.countDown();
        try {
            thread.join(Duration.ofSeconds(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close(Duration.ofSeconds(1));
    }
}
