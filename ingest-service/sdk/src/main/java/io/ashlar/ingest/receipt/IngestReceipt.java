package io.ashlar.ingest.receipt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.ingest.event.EventTime;
import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What a receipt says.
 *
 * @param batchKey the batch's key
 * @param tenant whose batch
 * @param producer the {@code sub} that sent it
 * @param accepted records that are on the log, flushed by every in-sync broker
 * @param rejected records that were refused and named in the answer
 * @param digest {@code sha256:} and 64 hexadecimal digits, over the request's body
 * @param offsets by topic and partition: the offset after the batch's last chunk there
 * @param acceptedAt when the last acknowledgement had arrived, microseconds
 */
public record IngestReceipt(
        String batchKey,
        UUID tenant,
        String producer,
        int accepted,
        int rejected,
        String digest,
        SortedMap<String, SortedMap<Integer, Long>> offsets,
        Instant acceptedAt) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public IngestReceipt {
        if (accepted < 0 || rejected < 0) {
            throw new IllegalArgumentException("counts are not negative");
        }
        SortedMap<String, SortedMap<Integer, Long>> copy = new TreeMap<>();
        offsets.forEach((topic, vector) -> copy.put(topic, Collections.unmodifiableSortedMap(new TreeMap<>(vector))));
        offsets = Collections.unmodifiableSortedMap(copy);
    }

    /** The payload's bytes; what is signed. */
    public byte[] write() {
        ObjectNode body = JSON.createObjectNode();
        body.put("batch_key", batchKey);
        body.put("tenant", tenant.toString());
        body.put("producer", producer);
        body.put("accepted", accepted);
        body.put("rejected", rejected);
        body.put("digest", digest);
        ObjectNode topics = body.putObject("offsets");
        offsets.forEach((topic, vector) -> {
            ObjectNode partitions = topics.putObject(topic);
            vector.forEach((partition, offset) -> partitions.put(Integer.toString(partition), offset));
        });
        body.put("accepted_at", EventTime.format(EventTime.microsOf(acceptedAt)));
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree of values is always JSON", impossible);
        }
    }

    /**
     * Reads a payload; members that a later version may add are ignored.
     *
     * @throws IOException if it is no receipt
     */
    public static IngestReceipt read(byte[] payload) throws IOException {
        JsonNode node = JSON.readTree(payload);
        try {
            SortedMap<String, SortedMap<Integer, Long>> offsets = new TreeMap<>();
            for (Map.Entry<String, JsonNode> topic : node.required("offsets").properties()) {
                SortedMap<Integer, Long> vector = new TreeMap<>();
                for (Map.Entry<String, JsonNode> partition : topic.getValue().properties()) {
                    vector.put(
                            Integer.valueOf(partition.getKey()),
                            partition.getValue().longValue());
                }
                offsets.put(topic.getKey(), vector);
            }
            return new IngestReceipt(
                    node.required("batch_key").asText(),
                    UUID.fromString(node.required("tenant").asText()),
                    node.required("producer").asText(),
                    node.required("accepted").intValue(),
                    node.required("rejected").intValue(),
                    node.required("digest").asText(),
                    offsets,
                    EventTime.instantOf(
                            EventTime.parse(node.required("accepted_at").asText())
                                    .orElseThrow(() -> new IllegalArgumentException("accepted_at"))));
        } catch (IllegalArgumentException notAReceipt) {
            throw new IOException("not a receipt: " + notAReceipt.getMessage(), notAReceipt);
        }
    }
}
