package io.ashlar.authz.change;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.authz.call.Headers;
import io.ashlar.authz.call.WireJson;
import io.ashlar.authz.change.ChangeMessage.Change;
import io.ashlar.authz.change.ChangeMessage.Tick;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Change messages as Kafka records: CloudEvents 1.0, binary mode. Thread-safe. */
public final class ChangeCodec {

    static final String CHANGE_TYPE = "io.ashlar.authz.change.v1";
    static final String TICK_TYPE = "io.ashlar.authz.tick.v1";
    static final String SOURCE = "urn:ashlar:authz";

    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private ChangeCodec() {}

    /**
     * A message as it is written; not to be compared.
     *
     * @param key the tenant's text, or null for a tick
     * @param headers in the order they are written
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Wire(byte @Nullable [] key, Map<String, String> headers, byte[] body) {}

    public static Wire write(ChangeMessage message) {
        return switch (message) {
            case Change change -> write(change);
            case Tick tick -> write(tick);
        };
    }

    /** The record for the topic's only partition. */
    public static ProducerRecord<byte[], byte[]> toRecord(ChangeMessage message) {
        Wire wire = write(message);
        ProducerRecord<byte[], byte[]> kafka = new ProducerRecord<>(ChangeMessage.TOPIC, 0, wire.key(), wire.body());
        wire.headers().forEach((name, value) -> kafka.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return kafka;
    }

    /** Empty for a type that this version does not know, which it may ignore: new facts get new types. */
    public static Optional<ChangeMessage> read(Iterable<Header> headers, byte[] body) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Header header : headers) {
            texts.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
        }
        return read(texts, body);
    }

    /**
     * Like {@link #read(Iterable, byte[])}.
     *
     * @throws IllegalArgumentException for a record of a known type that cannot be read: the reader must distrust its cache
     */
    public static Optional<ChangeMessage> read(Map<String, String> headers, byte[] body) {
        String type = headers.getOrDefault("ce_type", "");
        if (!type.equals(CHANGE_TYPE) && !type.equals(TICK_TYPE)) {
            return Optional.empty();
        }
        JsonNode node;
        try {
            node = WireJson.mapper().readTree(body);
        } catch (IOException e) {
            throw new IllegalArgumentException("a record of type " + type + " is not JSON", e);
        }
        if (type.equals(TICK_TYPE)) {
            return Optional.of(new Tick(number(node, "epoch"), instant(node, "database_time")));
        }
        UUID tenant = Headers.uuid(node.path("tenant").asText())
                .orElseThrow(() -> new IllegalArgumentException("a change without a tenant"));
        return Optional.of(new Change(
                tenant,
                number(node, "revision"),
                number(node, "policy_version"),
                number(node, "epoch"),
                instant(node, "committed_at")));
    }

    private static Wire write(Change change) {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("tenant", change.tenant().toString())
                .put("revision", change.revision())
                .put("policy_version", change.policyVersion())
                .put("epoch", change.epoch())
                .put("committed_at", MICROS.format(change.committedAt()));
        return new Wire(
                change.tenant().toString().getBytes(StandardCharsets.US_ASCII),
                headers(change.tenant() + "/" + change.revision(), CHANGE_TYPE, change.committedAt()),
                bytes(body));
    }

    private static Wire write(Tick tick) {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("epoch", tick.epoch())
                .put("database_time", MICROS.format(tick.databaseTime()));
        String time = MICROS.format(tick.databaseTime());
        return new Wire(
                null, headers("tick/" + tick.epoch() + "/" + time, TICK_TYPE, tick.databaseTime()), bytes(body));
    }

    private static Map<String, String> headers(String id, String type, Instant time) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ce_specversion", "1.0");
        headers.put("ce_id", id);
        headers.put("ce_source", SOURCE);
        headers.put("ce_type", type);
        headers.put("ce_time", MICROS.format(time));
        headers.put("content-type", "application/json");
        return headers;
    }

    private static byte[] bytes(ObjectNode node) {
        try {
            return WireJson.mapper().writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of strings cannot fail to be written", e);
        }
    }

    private static long number(JsonNode node, String name) {
        JsonNode value = node.path(name);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new IllegalArgumentException(name + " is not a whole number");
        }
        return value.longValue();
    }

    private static Instant instant(JsonNode node, String name) {
        try {
            return Instant.parse(node.path(name).asText());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(name + " is not a time", e);
        }
    }
}
