package io.ashlar.ingest.accept;

import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.ingest.event.ChunkHeaders;
import io.ashlar.ingest.event.ChunkWriter;
import io.ashlar.ingest.event.EntityPartition;
import io.ashlar.ingest.event.TelemetryRecord;
import io.ashlar.ingest.event.Topics;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.context.Context;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jboss.logging.Logger;

/**
 * Sends a batch's chunks and waits until every one is acknowledged by all in-sync brokers. One idempotent producer for all
 * requests: what they send within its linger travels together. Thread-safe.
 */
@ApplicationScoped
class ChunkProducer {

    private static final Logger LOG = Logger.getLogger(ChunkProducer.class);
    private static final String TOPIC = Topics.TELEMETRY.name();

    private final Producer<byte[], byte[]> producer;
    private final OpenTelemetry openTelemetry;
    private final Duration patience;

    ChunkProducer(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            OpenTelemetry openTelemetry,
            AcceptConfig config) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 64L * 1024 * 1024);
        int patienceMillis = Math.toIntExact(config.produceTimeout().toMillis());
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, patienceMillis / 2);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, patienceMillis / 2);
        // Below the lease of a claim: what is not acknowledged by then is not tried any longer.
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, patienceMillis);
        this.producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        this.openTelemetry = openTelemetry;
        this.patience = config.produceTimeout();
    }

    /** Made with the service, not with the first request or, worse, while stopping. */
    void start(@Observes StartupEvent event) {
        LOG.debugf("producer ready patience=%s", patience);
    }

    void stop(@Observes ShutdownEvent event) {
        producer.close(Duration.ofSeconds(5));
    }

    /**
     * Sends.
     *
     * @return by partition, the offset after the last chunk
     * @throws ProblemException {@code dependency_unavailable} if not all was acknowledged; some of it may be on the log
     */
    SortedMap<Integer, Long> send(BatchIdentity batch, String requestHash, List<TelemetryRecord> records) {
        List<ProducerRecord<byte[], byte[]>> chunks = chunks(batch, requestHash, records);
        List<Future<RecordMetadata>> sent = new ArrayList<>(chunks.size());
        SortedMap<Integer, Long> offsets = new TreeMap<>();
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            for (ProducerRecord<byte[], byte[]> chunk : chunks) {
                sent.add(producer.send(chunk));
            }
            for (Future<RecordMetadata> one : sent) {
                RecordMetadata at = one.get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
                offsets.merge(at.partition(), at.offset() + 1, Math::max);
            }
            return offsets;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw unavailable();
        } catch (ExecutionException | TimeoutException | KafkaException failed) {
            LOG.warnf(
                    "chunks not acknowledged sent=%d acknowledged=%d cause=%s", chunks.size(), offsets.size(), failed);
            throw unavailable();
        }
    }

    private List<ProducerRecord<byte[], byte[]>> chunks(
            BatchIdentity batch, String requestHash, List<TelemetryRecord> records) {
        SortedMap<Integer, ChunkWriter> writers = new TreeMap<>();
        for (TelemetryRecord telemetry : records) {
            int partition = EntityPartition.of(batch.tenant(), telemetry.entityId(), Topics.TELEMETRY.partitions());
            writers.computeIfAbsent(partition, p -> new ChunkWriter()).add(telemetry);
        }
        SortedMap<Integer, List<ChunkWriter.Chunk>> written = new TreeMap<>();
        writers.forEach((partition, writer) -> written.put(partition, writer.finish()));
        int total = written.values().stream().mapToInt(List::size).sum();
        Instant now = Instant.now();
        List<ProducerRecord<byte[], byte[]>> chunks = new ArrayList<>(total);
        written.forEach((partition, ofPartition) -> {
            for (ChunkWriter.Chunk chunk : ofPartition) {
                ChunkHeaders headers = new ChunkHeaders(
                        batch.tenant(),
                        batch.producer(),
                        batch.key(),
                        requestHash,
                        chunks.size(),
                        total,
                        chunk.records(),
                        now);
                ProducerRecord<byte[], byte[]> out = new ProducerRecord<>(
                        TOPIC, partition, utf8(batch.tenant().toString()), chunk.body());
                headers.write().forEach((name, value) -> out.headers().add(name, utf8(value)));
                openTelemetry
                        .getPropagators()
                        .getTextMapPropagator()
                        .inject(Context.current(), out, (to, name, value) -> {
                            if (to != null) {
                                to.headers().add(name, utf8(value));
                            }
                        });
                chunks.add(out);
            }
        });
        return chunks;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static ProblemException unavailable() {
        return new ProblemException(
                        DoorError.DEPENDENCY_UNAVAILABLE, "the log did not acknowledge in time; send the batch again")
                .retryAfter(1);
    }
}
