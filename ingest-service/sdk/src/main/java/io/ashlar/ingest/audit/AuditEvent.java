package io.ashlar.ingest.audit;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.ingest.event.EventTime;
import io.ashlar.ingest.event.Topics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One decision, or several equal allows within a second.
 *
 * @param tenant whose; absent for acts on the platform
 * @param actor the {@code sub} for whom it was decided
 * @param actingService the service account that acted for the actor
 * @param action a Cedar action
 * @param resource what it was about
 * @param decision allow or deny
 * @param reason ids of the policies that decided, or why there was no decision
 * @param policyVersion of the tenant's policies; 0 if none were read
 * @param revision of the tenant's principals and policies; 0 if none were read
 * @param count how many equal decisions this event stands for; 1 for a denial
 * @param firstAt the first of them, microseconds
 * @param lastAt the last of them
 * @param requestId {@code X-Request-ID}
 * @param traceId W3C trace id, 32 hexadecimal digits
 * @param inputs an object: the request as far as it is needed to decide again
 */
public record AuditEvent(
        @Nullable UUID tenant,
        String actor,
        @Nullable String actingService,
        String action,
        Resource resource,
        Decision decision,
        String reason,
        long policyVersion,
        long revision,
        long count,
        Instant firstAt,
        Instant lastAt,
        @Nullable String requestId,
        @Nullable String traceId,
        JsonNode inputs) {

    /** What the decision was about. */
    public record Resource(String type, String id) {}

    /** What was decided. */
    public enum Decision {
        ALLOW("allow"),
        DENY("deny");

        private final String wire;

        Decision(String wire) {
            this.wire = wire;
        }

        /** The name in the event. */
        public String wire() {
            return wire;
        }
    }

    /** A number of an input must come back as it was: a double holds fewer digits than Cedar's decimal. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** Room that most events need. */
    private static final int WRITTEN_BYTES = 1 << 10;

    private static final UUID PLATFORM = new UUID(0, 0);

    public AuditEvent {
        if (count < 1) {
            throw new IllegalArgumentException("count " + count);
        }
        if (lastAt.isBefore(firstAt)) {
            throw new IllegalArgumentException("last_at before first_at");
        }
        if (!inputs.isObject()) {
            throw new IllegalArgumentException("inputs must be an object");
        }
        inputs = inputs.deepCopy();
    }

    /** An object for {@link #inputs()} with nothing in it. */
    public static ObjectNode noInputs() {
        return JSON.createObjectNode();
    }

    /** The partition of {@link Topics#AUDIT} this event belongs in. */
    public int partition() {
        return Topics.AUDIT.partitionOf(tenant == null ? PLATFORM : tenant, resource.type() + "::" + resource.id());
    }

    /** The same for several equal ones. */
    public AuditEvent counted(long times, Instant first, Instant last) {
        return new AuditEvent(
                tenant,
                actor,
                actingService,
                action,
                resource,
                decision,
                reason,
                policyVersion,
                revision,
                times,
                first,
                last,
                requestId,
                traceId,
                inputs);
    }

    /**
     * Equal for events that differ in nothing but their time and the request that caused them: each part stands behind its
     * length, so that no two different events share a key.
     */
    String mergeKey() {
        StringBuilder key = new StringBuilder(256);
        key.append(policyVersion).append(' ').append(revision).append(decision.wire());
        for (@Nullable String part : new @Nullable String[] {
            tenant == null ? null : tenant.toString(),
            actor,
            actingService,
            action,
            resource.type(),
            resource.id(),
            reason,
            inputs.toString()
        }) {
            key.append(part == null ? -1 : part.length()).append(':').append(part);
        }
        return key.toString();
    }

    /** The body of the Kafka record, UTF-8 JSON; absent parts are left out. */
    public byte[] write() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(WRITTEN_BYTES);
        try (JsonGenerator body = JSON.createGenerator(bytes)) {
            body.writeStartObject();
            put(body, "tenant", tenant == null ? null : tenant.toString());
            body.writeStringField("actor", actor);
            put(body, "acting_service", actingService);
            body.writeStringField("action", action);
            body.writeObjectFieldStart("resource");
            body.writeStringField("type", resource.type());
            body.writeStringField("id", resource.id());
            body.writeEndObject();
            body.writeStringField("decision", decision.wire());
            body.writeStringField("reason", reason);
            body.writeNumberField("policy_version", policyVersion);
            body.writeNumberField("revision", revision);
            body.writeNumberField("count", count);
            body.writeStringField("first_at", EventTime.format(EventTime.microsOf(firstAt)));
            body.writeStringField("last_at", EventTime.format(EventTime.microsOf(lastAt)));
            put(body, "request_id", requestId);
            put(body, "trace_id", traceId);
            body.writeFieldName("inputs");
            body.writeTree(inputs);
            body.writeEndObject();
        } catch (IOException impossible) {
            throw new IllegalStateException("texts and a tree of values are always JSON", impossible);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads a body; members that a later version may add are ignored.
     *
     * @throws IOException if it is no audit event
     */
    public static AuditEvent read(byte[] body) throws IOException {
        JsonNode node = JSON.readTree(body);
        try {
            String tenant = optional(node, "tenant");
            JsonNode resource = node.required("resource");
            return new AuditEvent(
                    tenant == null ? null : UUID.fromString(tenant),
                    text(node, "actor"),
                    optional(node, "acting_service"),
                    text(node, "action"),
                    new Resource(text(resource, "type"), text(resource, "id")),
                    decision(text(node, "decision")),
                    text(node, "reason"),
                    node.required("policy_version").longValue(),
                    node.required("revision").longValue(),
                    node.required("count").longValue(),
                    instant(node, "first_at"),
                    instant(node, "last_at"),
                    optional(node, "request_id"),
                    optional(node, "trace_id"),
                    node.required("inputs"));
        } catch (IllegalArgumentException notAnEvent) {
            throw new IOException("not an audit event: " + notAnEvent.getMessage(), notAnEvent);
        }
    }

    private static void put(JsonGenerator body, String name, @Nullable String value) throws IOException {
        if (value != null) {
            body.writeStringField(name, value);
        }
    }

    private static String text(JsonNode node, String name) {
        return node.required(name).asText();
    }

    private static @Nullable String optional(JsonNode node, String name) {
        JsonNode value = node.get(name);
        return value == null || value.isNull() ? null : value.asText();
    }

    private static Instant instant(JsonNode node, String name) {
        return EventTime.instantOf(EventTime.parse(text(node, name))
                .orElseThrow(() -> new IllegalArgumentException(name + " is no instant")));
    }

    private static Decision decision(String wire) {
        for (Decision decision : Decision.values()) {
            if (decision.wire().equals(wire)) {
                return decision;
            }
        }
        throw new IllegalArgumentException("decision " + wire);
    }
}
