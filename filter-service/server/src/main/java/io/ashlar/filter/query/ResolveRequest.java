package io.ashlar.filter.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.filter.seal.SealedQuery.Operation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of a resolve: {@code {"query":{…},"op":"stream"}}.
 *
 * @param query the query's own JSON
 * @param op what is going to be done with it
 */
record ResolveRequest(JsonNode query, Operation op) {

    /** Where the query stands in the body. */
    static final String QUERY_POINTER = "/query";

    private static final List<String> KEYS = List.of("query", "op");
    private static final List<String> OPERATIONS = List.of("count", "page", "stream");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /**
     * Reads it strictly.
     *
     * @throws ProblemException {@code malformed_json} or {@code invalid_request}, with every fault but the query's own
     */
    static ResolveRequest read(byte[] body) {
        JsonNode node = parse(body);
        List<Fault> faults = new ArrayList<>();
        if (!node.isObject()) {
            faults.add(new Fault("wrong_type", "", "An object is expected."));
        }
        node.fieldNames().forEachRemaining(key -> {
            if (!KEYS.contains(key)) {
                faults.add(new Fault("unknown_key", "/" + key, "There is no such key here.", KEYS, null));
            }
        });
        if (node.isObject() && !node.path("query").isObject()) {
            faults.add(new Fault("wrong_type", QUERY_POINTER, "The query is an object."));
        }
        Operation op = operation(node.path("op").asText());
        if (node.isObject() && op == null) {
            faults.add(new Fault("value_invalid", "/op", "There is no such operation.", OPERATIONS, null));
        }
        if (!faults.isEmpty() || op == null) {
            throw new ProblemException(DoorError.INVALID_REQUEST, "The request is not a resolve.", faults);
        }
        return new ResolveRequest(node.path("query"), op);
    }

    /** The query as its reader takes it. */
    byte[] queryJson() {
        return query.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static @Nullable Operation operation(String wire) {
        return switch (wire) {
            case "page" -> Operation.PAGE;
            case "stream" -> Operation.STREAM;
            case "count" -> Operation.COUNT;
            default -> null;
        };
    }

    private static JsonNode parse(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException malformed) {
            throw new ProblemException(
                    DoorError.MALFORMED_JSON,
                    "The body is not JSON, or a key is there twice.",
                    List.of(new Fault(
                            "malformed_json",
                            "",
                            "Line "
                                    + malformed.getLocation().getLineNr() + ", column "
                                    + malformed.getLocation().getColumnNr() + ".")));
        } catch (IOException impossible) {
            throw new UncheckedIOException("reading from memory", impossible);
        }
    }
}
