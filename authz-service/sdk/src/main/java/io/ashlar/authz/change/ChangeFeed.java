package io.ashlar.authz.change;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the change topic by {@code assign}, without a group, on a thread of its own. It begins a little in the past, so that a
 * decision point that lags behind the topic cannot slip an old answer in right after the start. After any failure the listener
 * is told that changes may be missed, and reading begins anew.
 */
public final class ChangeFeed implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(ChangeFeed.class.getName());
    private static final TopicPartition PARTITION = new TopicPartition(ChangeMessage.TOPIC, 0);
    private static final Duration LOOK_BACK = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long RETRY_MILLIS = 1_000;

    private final Map<String, Object> config;
    private final ChangeListener listener;
    private final Clock clock;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread reader;

    /**
     * A feed that has not begun.
     *
     * @param kafka client settings, {@code bootstrap.servers} at least
     * @param clock this machine's
     */
    public ChangeFeed(Map<String, Object> kafka, ChangeListener listener, Clock clock) {
        this.config = config(kafka);
        this.listener = listener;
        this.clock = clock;
        this.reader = Thread.ofPlatform().daemon().name("authz-changes").unstarted(this::run);
    }

    /** Begins to read; once. */
    public void start() {
        reader.start();
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            reader.join(Duration.ofSeconds(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        boolean told = false;
        while (closed.getCount() > 0) {
            try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(config)) {
                begin(consumer);
                while (closed.getCount() > 0) {
                    for (ConsumerRecord<byte[], byte[]> change : consumer.poll(POLL)) {
                        listener.reached(change.offset() + 1);
                        ChangeCodec.read(change.headers(), change.value()).ifPresent(listener::accept);
                        told = false;
                    }
                }
            } catch (KafkaException | IllegalArgumentException e) {
                listener.lost();
                if (!told) {
                    LOG.log(System.Logger.Level.WARNING, "event=authz_changes_lost topic=" + ChangeMessage.TOPIC, e);
                    told = true;
                }
                pause();
            }
        }
    }

    private void begin(KafkaConsumer<byte[], byte[]> consumer) {
        consumer.assign(List.of(PARTITION));
        long since = clock.instant().minus(LOOK_BACK).toEpochMilli();
        @Nullable OffsetAndTimestamp start =
                consumer.offsetsForTimes(Map.of(PARTITION, since)).get(PARTITION);
        if (start == null) {
            consumer.seekToEnd(List.of(PARTITION));
        } else {
            consumer.seek(PARTITION, start.offset());
        }
        long from = consumer.position(PARTITION);
        listener.reached(from);
        listener.joined(from);
    }

    private void pause() {
        try {
            if (closed.await(RETRY_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.log(System.Logger.Level.DEBUG, "event=authz_changes_closed");
            }
        } catch (InterruptedException e) {
            closed.countDown();
            Thread.currentThread().interrupt();
        }
    }

    private static Map<String, Object> config(Map<String, Object> kafka) {
        Map<String, Object> config = new HashMap<>(kafka);
        config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
        config.remove(ConsumerConfig.GROUP_ID_CONFIG);
        return config;
    }
}
