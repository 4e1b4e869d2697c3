package io.ashlar.ingest.load;

import io.ashlar.ingest.event.ChunkHeaders;
import io.ashlar.ingest.event.Topics;
import io.ashlar.local.StackResource;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes to the log past the door, as only a broken or hostile producer would. */
final class Chunks implements AutoCloseable {

    private final KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
            Map.of("bootstrap.servers", StackResource.stack().endpoints().kafkaBootstrap(), "acks", "all"),
            new ByteArraySerializer(),
            new ByteArraySerializer());

    /** Sends a chunk with good headers; its offset. */
    long send(UUID tenant, String key, String hash, int partition, int records, String body)
            throws ExecutionException, InterruptedException {
        ChunkHeaders headers =
                new ChunkHeaders(tenant, "tester", key, hash, 0, 1, records, Instant.parse("2001-01-01T00:00:00Z"));
        return send(partition, headers.write(), body);
    }

    long send(int partition, Map<String, String> headers, String body) throws ExecutionException, InterruptedException {
        ProducerRecord<byte[], byte[]> chunk =
                new ProducerRecord<>(Topics.TELEMETRY.name(), partition, null, body.getBytes(StandardCharsets.UTF_8));
        headers.forEach((name, value) -> chunk.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return producer.send(chunk).get().offset();
    }

    @Override
    public void close() {
        producer.close();
    }
}
