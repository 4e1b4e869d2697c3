package io.ashlar.authz.decision;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.filter.dsl.Fault;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The JSON object that a question arrives as: bounded in bytes, depth and length of strings, no member twice. */
final class QuestionBody {

    static final int BYTES_MAX = 256 << 10;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(32)
                            .maxStringLength(64 << 10)
                            .build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private QuestionBody() {}

    /** The same for AuthZEN, which answers 400 to another type where HTTP would say 415. */
    static JsonNode read(@Nullable String contentType, byte[] body) {
        String type =
                contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!type.equals(MediaType.APPLICATION_JSON)) {
            throw new ProblemException(DoorError.INVALID_REQUEST, "the content type must be application/json");
        }
        return read(body);
    }

    static JsonNode read(byte[] body) {
        if (body.length > BYTES_MAX) {
            throw new ProblemException(DoorError.BODY_TOO_LARGE, "the body is larger than " + BYTES_MAX + " bytes");
        }
        JsonNode node;
        try {
            node = JSON.readTree(body);
        } catch (JsonProcessingException e) {
            // A text beyond the bounds has no place.
            @Nullable JsonLocation at = e.getLocation();
            throw new ProblemException(
                    DoorError.MALFORMED_JSON,
                    at == null
                            ? "the body is not JSON within the bounds"
                            : "the body is not JSON: line " + at.getLineNr() + ", column " + at.getColumnNr());
        } catch (IOException e) {
            throw new ProblemException(DoorError.MALFORMED_JSON, "the body is not JSON");
        }
        if (node == null || !node.isObject()) {
            throw new ProblemException(
                    DoorError.INVALID_REQUEST,
                    "the body is not an object",
                    List.of(new Fault("wrong_type", "", "expected an object")));
        }
        return node;
    }
}
