package io.ashlar.filter.body;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.filter.dsl.FaultCode;
import java.io.IOException;
import java.util.List;

/** JSON without repeated keys, unknown keys or anything after it. Thread-safe. */
public final class StrictBody {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private StrictBody() {}

    /**
     * The body as a tree; missing if it is empty.
     *
     * @throws ProblemException {@code malformed_json}, with line and column
     */
    public static JsonNode parse(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException malformed) {
            throw new ProblemException(
                    DoorError.MALFORMED_JSON,
                    "The body is not JSON, or a key is there twice.",
                    List.of(new Fault(
                            FaultCode.MALFORMED_JSON,
                            "",
                            "Line "
                                    + malformed.getLocation().getLineNr() + ", column "
                                    + malformed.getLocation().getColumnNr() + ".")));
        } catch (IOException undecodable) {
            throw new ProblemException(
                    DoorError.MALFORMED_JSON,
                    "The body is not JSON.",
                    List.of(new Fault(FaultCode.MALFORMED_JSON, "", "The bytes are in no encoding of JSON.")));
        }
    }

    /**
     * A fault for each key of the object that is none of these.
     *
     * @param at pointer of the object; empty for the body itself
     */
    public static List<Fault> unknownKeys(JsonNode object, String at, List<String> keys) {
        return object.properties().stream()
                .map(member -> member.getKey())
                .filter(key -> !keys.contains(key))
                .map(key -> new Fault(
                        FaultCode.UNKNOWN_KEY,
                        at + "/" + key.replace("~", "~0").replace("/", "~1"),
                        "There is no such key here.",
                        keys,
                        null))
                .toList();
    }
}
