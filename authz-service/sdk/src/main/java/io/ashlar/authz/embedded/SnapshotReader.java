package io.ashlar.authz.embedded;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ashlar.authz.call.Headers;
import io.ashlar.cedar.PolicySource;
import io.ashlar.cedar.json.CedarJsonException;
import io.ashlar.cedar.json.EntitiesJson;
import io.ashlar.cedar.value.EntityFacts;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link SnapshotWriter} writes, one policy and one entity at a time. Members that a later server may add are skipped;
 * whatever else is unexpected, missing or cut off is an error: half of the policies would decide wrongly. Not thread-safe.
 */
final class SnapshotReader {

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(200)
                            .maxStringLength(1 << 20)
                            .build())
                    .build())
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final JsonParser json;
    private final Map<String, Long> numbers = new HashMap<>();
    private final Set<String> ownTypes = new HashSet<>();
    private final List<PolicySource> policies = new ArrayList<>();
    private final List<EntityFacts> principals = new ArrayList<>();
    private @Nullable UUID tenant;
    private boolean ended;

    private SnapshotReader(JsonParser json) {
        this.json = json;
    }

    /**
     * Reads one and closes the stream.
     *
     * @param bytesMax where reading ends with an error
     * @throws IOException if it is none, is cut off or too large
     */
    static PolicySnapshot read(InputStream in, long bytesMax) throws IOException {
        try (InputStream bounded = new CountedStream(in, bytesMax);
                JsonParser json = JSON.createParser(bounded)) {
            return new SnapshotReader(json).snapshot();
        } catch (JsonProcessingException e) {
            throw new IOException("not a snapshot: " + e.getOriginalMessage(), e);
        } catch (CedarJsonException | IllegalArgumentException e) {
            throw new IOException("not a snapshot: " + e.getMessage(), e);
        }
    }

    private PolicySnapshot snapshot() throws IOException {
        expect(json.nextToken() == JsonToken.START_OBJECT, "an object");
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            member(name);
        }
        expect(json.nextToken() == null, "nothing behind the object");
        UUID whose = tenant;
        if (whose == null) {
            throw new IOException("not a snapshot: expected a tenant");
        }
        expect(number("format") == SnapshotWriter.FORMAT, "format " + SnapshotWriter.FORMAT);
        expect(!ownTypes.isEmpty(), "own_types");
        expect(ended, "an end");
        return new PolicySnapshot(
                new PolicySnapshot.Head(
                        whose, number("revision"), number("policy_version"), number("offset"), ownTypes),
                policies,
                principals);
    }

    private void member(String name) throws IOException {
        switch (name) {
            case "format", "revision", "policy_version", "offset" -> {
                expect(json.currentToken() == JsonToken.VALUE_NUMBER_INT, "a whole number for " + name);
                numbers.put(name, json.getLongValue());
            }
            case "tenant" -> tenant = Headers.uuid(json.getText()).orElse(null);
            case "own_types" -> each(this::ownType);
            case "policies" -> each(() -> policies.add(policy(json.readValueAsTree())));
            case "principals" -> each(() -> principals.add(EntitiesJson.read(json.<JsonNode>readValueAsTree())));
            case "end" -> end(json.readValueAsTree());
            default -> json.skipChildren();
        }
    }

    private void each(Item item) throws IOException {
        expect(json.currentToken() == JsonToken.START_ARRAY, "an array");
        while (json.nextToken() != JsonToken.END_ARRAY) {
            expect(json.currentToken() != null, "an array's end");
            item.read();
        }
    }

    private void ownType() throws IOException {
        expect(json.currentToken() == JsonToken.VALUE_STRING, "names of types");
        ownTypes.add(json.getText());
    }

    private static PolicySource policy(JsonNode node) throws IOException {
        expect(node.path("id").isTextual() && node.path("cedar").isTextual(), "policies with id and cedar");
        return new PolicySource(node.get("id").textValue(), node.get("cedar").textValue());
    }

    private void end(JsonNode node) throws IOException {
        expect(
                node.path("policies").asLong(-1) == policies.size()
                        && node.path("principals").asLong(-1) == principals.size(),
                "as many policies and principals as the end counts");
        ended = true;
    }

    private long number(String name) throws IOException {
        @Nullable Long value = numbers.get(name);
        expect(value != null && value >= 0, name);
        return value == null ? -1 : value;
    }

    private static void expect(boolean holds, String what) throws IOException {
        if (!holds) {
            throw new IOException("not a snapshot: expected " + what);
        }
    }

    /** One element of an array; the parser stands on its first token. */
    @FunctionalInterface
    private interface Item {
        void read() throws IOException;
    }
}
