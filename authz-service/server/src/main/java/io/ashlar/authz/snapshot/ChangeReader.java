package io.ashlar.authz.snapshot;

import io.ashlar.authz.change.ChangeCodec;
import io.ashlar.authz.change.ChangeMessage;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;

/**
 * Reads the change topic to its end and on, on a thread of its own, without a group. It starts at the end: a snapshot is loaded
 * after the reader is in place, or is checked against the database because nothing is fresh before the first tick.
 */
final class ChangeReader implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(ChangeReader.class);
    private static final TopicPartition PARTITION = new TopicPartition(ChangeMessage.TOPIC, 0);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long RETRY_MILLIS = 500;

    private final Map<String, Object> config;
    private final Snapshots snapshots;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;

    private ChangeReader(Map<String, Object> kafka, Snapshots snapshots) {
        this.config = new HashMap<>(kafka);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 5_000);
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
        this.snapshots = snapshots;
        this.thread =
                Thread.ofPlatform().name("authz-change-reader").daemon(true).unstarted(this::run);
    }

    static ChangeReader start(Map<String, Object> kafka, Snapshots snapshots) {
        ChangeReader reader = new ChangeReader(kafka, snapshots);
        reader.thread.start();
        return reader;
    }

    private void run() {
        boolean told = false;
        try {
            while (stop.getCount() > 0) {
                try (KafkaConsumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                    consumer.assign(List.of(PARTITION));
                    consumer.seekToEnd(List.of(PARTITION));
                    // Whatever was told before this place was not heard; what was loaded before it is forgotten.
                    long from = consumer.position(PARTITION);
                    snapshots.restart();
                    snapshots.read(from);
                    LOG.debugf("event=change_topic_joined offset=%d", from);
                    while (stop.getCount() > 0) {
                        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                            ChangeCodec.read(record.headers(), record.value()).ifPresent(snapshots::accept);
                            snapshots.read(record.offset() + 1);
                            told = false;
                        }
                    }
                } catch (KafkaException | IllegalArgumentException e) {
                    // What was not heard may have been a revocation: everything is checked until a tick is heard again.
                    snapshots.lost();
                    if (!told) {
                        LOG.warnf(e, "event=change_topic_lost topic=%s", ChangeMessage.TOPIC);
                        told = true;
                    }
                    stop.await(RETRY_MILLIS, TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop.countDown();
        try {
            thread.join(Duration.ofSeconds(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
