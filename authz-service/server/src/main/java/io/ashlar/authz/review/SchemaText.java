package io.ashlar.authz.review;

import com.cedarpolicy.model.exception.InternalException;
import com.cedarpolicy.model.schema.Schema;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.filter.dsl.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads a schema in either of Cedar's formats as JSON, bounded. */
final class SchemaText {

    /** Longest schema, in characters. */
    static final int LENGTH_MAX = 64 << 10;

    /** Deepest nesting; each level is a frame on the native side. */
    private static final int DEPTH_MAX = 32;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(2 * DEPTH_MAX)
                            .build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final String TOO_LARGE = "too large: at most " + SchemaTree.PARTS_MAX
            + " parts are accepted when common types are put in, and none that is in itself";

    private static final ObjectNode PLATFORM = platform();

    private SchemaText() {}

    private static ObjectNode platform() {
        try (InputStream in = SchemaText.class.getResourceAsStream("/policy/platform-schema.json")) {
            return (ObjectNode) JSON.readTree(Objects.requireNonNull(in, "the platform's schema"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The tenant's declarations over the platform's; null with faults at {@code /schema}. */
    static @Nullable ObjectNode read(String text, List<Fault> faults) {
        ObjectNode own = text.stripLeading().startsWith("{") ? json(text, faults) : cedar(text, faults);
        if (own == null) {
            return null;
        }
        ObjectNode whole = SchemaTree.over(PLATFORM, own);
        if (SchemaTree.parts(whole) > SchemaTree.PARTS_MAX) {
            faults.add(fault(TOO_LARGE));
            return null;
        }
        if (SchemaTree.requests(whole) > SchemaTree.REQUESTS_MAX) {
            faults.add(fault("too large: at most " + SchemaTree.REQUESTS_MAX
                    + " combinations of principal type, action and resource type are accepted"));
            return null;
        }
        return whole;
    }

    private static @Nullable ObjectNode json(String text, List<Fault> faults) {
        try {
            JsonNode tree = JSON.readTree(text);
            if (tree instanceof ObjectNode object && isNamespaces(object)) {
                return object;
            }
            faults.add(fault("expected an object of namespaces, each an object"));
        } catch (JsonProcessingException e) {
            faults.add(fault("not JSON: line " + e.getLocation().getLineNr() + ", column "
                    + e.getLocation().getColumnNr()));
        }
        return null;
    }

    private static boolean isNamespaces(ObjectNode object) {
        for (JsonNode namespace : object) {
            if (!namespace.isObject()) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable ObjectNode cedar(String text, List<Fault> faults) {
        if (SchemaWords.depth(text) > DEPTH_MAX) {
            faults.add(fault("nested deeper than " + DEPTH_MAX));
            return null;
        }
        if (SchemaWords.parts(text) > SchemaTree.PARTS_MAX) {
            faults.add(fault(TOO_LARGE));
            return null;
        }
        try {
            return (ObjectNode) new Schema(text).toJsonFormat();
        } catch (InternalException e) {
            e.getErrors().forEach(message -> faults.add(fault(message)));
            return null;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a schema was turned into something that is not JSON", e);
        }
    }

    static Fault fault(String detail) {
        return new Fault("schema_invalid", "/schema", detail);
    }
}
