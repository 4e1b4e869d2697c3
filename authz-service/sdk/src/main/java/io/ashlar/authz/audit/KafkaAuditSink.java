package io.ashlar.authz.audit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Delivers to one Kafka topic with {@code acks=all} and an idempotent producer. A producer that failed is replaced, so
 * that a record whose acknowledgement was lost may be there twice, with the same {@code ce_id}.
 */
public final class KafkaAuditSink implements AuditSink {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    private final String topic;
    private final Map<String, Object> config;
    private final Function<SpooledRecord, byte[]> body;
    private @Nullable KafkaProducer<byte[], byte[]> producer;

    /**
     * A sink that connects when it is first used.
     *
     * @param bootstrap {@code host:port,…}
     * @param extra further producer settings (security); acks and idempotence cannot be changed
     * @param body makes the event's bytes, with count and times, of what was in the spool
     */
    public KafkaAuditSink(
            String bootstrap, String topic, Map<String, Object> extra, Function<SpooledRecord, byte[]> body) {
        this.topic = topic;
        this.body = body;
        this.config = new HashMap<>(extra);
        config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, 5);
        config.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000);
        config.putIfAbsent(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        config.putIfAbsent(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 15_000);
    }

    @Override
    public void deliver(List<SpooledRecord> records) throws DeliveryException, InterruptedException {
        try {
            KafkaProducer<byte[], byte[]> open = producer();
            List<Future<?>> sent = new ArrayList<>(records.size());
            for (SpooledRecord record : records) {
                sent.add(open.send(toKafka(record)));
            }
            open.flush();
            for (Future<?> future : sent) {
                future.get();
            }
        } catch (ExecutionException e) {
            reset();
            throw new DeliveryException(String.valueOf(e.getCause()), e);
        } catch (KafkaException e) {
            reset();
            throw new DeliveryException(e.toString(), e);
        }
    }

    private ProducerRecord<byte[], byte[]> toKafka(SpooledRecord spooled) {
        SpoolRecord record = spooled.record();
        ProducerRecord<byte[], byte[]> out =
                new ProducerRecord<>(topic, record.partition(), record.key(), body.apply(spooled));
        record.headers().forEach((name, value) -> out.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return out;
    }

    private KafkaProducer<byte[], byte[]> producer() {
        KafkaProducer<byte[], byte[]> open = producer;
        if (open == null) {
            open = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
            producer = open;
        }
        return open;
    }

    private void reset() {
        KafkaProducer<byte[], byte[]> open = producer;
        producer = null;
        if (open != null) {
            open.close(CLOSE_TIMEOUT);
        }
    }

    @Override
    public void close() {
        reset();
    }
}
