package io.ashlar.authz.embedded;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ashlar.cedar.PolicySource;
import io.ashlar.cedar.json.EntitiesJson;
import io.ashlar.cedar.value.EntityFacts;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;

/**
 * Snapshots on the wire, {@code GET /api/v1/snapshot}, written one policy and one entity at a time: {@code format}, the head,
 * {@code policies} with their text, {@code principals} in Cedar's JSON form, and {@code end}, which counts both, so that nobody
 * takes a part for the whole. Thread-safe.
 */
public final class SnapshotWriter {

    /** The form that is written. Readers skip members they do not know; what they must not skip gets a new number. */
    static final int FORMAT = 1;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private SnapshotWriter() {}

    /** Writes and flushes, but does not close. */
    public static void write(
            PolicySnapshot.Head head,
            Iterator<PolicySource> policies,
            Iterator<EntityFacts> principals,
            OutputStream out)
            throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            // A part that looks whole would be worse than none.
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT);
            json.writeStartObject();
            head(head, json);
            int written = 0;
            json.writeArrayFieldStart("policies");
            for (; policies.hasNext(); written++) {
                PolicySource policy = policies.next();
                json.writeStartObject();
                json.writeStringField("id", policy.id());
                json.writeStringField("cedar", policy.text());
                json.writeEndObject();
            }
            json.writeEndArray();
            int entities = 0;
            json.writeArrayFieldStart("principals");
            for (; principals.hasNext(); entities++) {
                json.writeTree(EntitiesJson.write(principals.next()));
            }
            json.writeEndArray();
            json.writeObjectFieldStart("end");
            json.writeNumberField("policies", written);
            json.writeNumberField("principals", entities);
            json.writeEndObject();
            json.writeEndObject();
        }
    }

    private static void head(PolicySnapshot.Head head, JsonGenerator json) throws IOException {
        json.writeNumberField("format", FORMAT);
        json.writeStringField("tenant", head.tenant().toString());
        json.writeNumberField("revision", head.revision());
        json.writeNumberField("policy_version", head.policyVersion());
        json.writeNumberField("offset", head.offset());
        json.writeArrayFieldStart("own_types");
        for (String type : head.ownTypes().stream().sorted().toList()) {
            json.writeString(type);
        }
        json.writeEndArray();
    }
}
