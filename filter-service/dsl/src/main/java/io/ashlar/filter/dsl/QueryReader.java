package io.ashlar.filter.dsl;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;

/**
 * Reads a client's query: strict, bounded, in one pass over the bytes, and with every fault that can be told without
 * knowing the dataset. Never throws on any input. Thread-safe.
 */
public final class QueryReader {

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(64)
                    .maxNumberLength(1_000)
                    .maxNameLength(256)
                    .build())
            .build();

    private final Limits limits;

    public QueryReader() {
        this(Limits.CLIENT);
    }

    public QueryReader(Limits limits) {
        this.limits = limits;
    }

    /** The query, or what is wrong with it. An empty object is everything, first page. */
    public Parsed<Query> read(byte[] json) {
        if (json.length > limits.bodyBytes()) {
            return Parsed.faulty(
                    new Fault(FaultCode.BODY_TOO_LARGE, "", "A query may have " + limits.bodyBytes() + " bytes."));
        }
        Faults faults = new Faults();
        Path path = new Path();
        Query query = null;
        try (JsonParser in = JSON.createParser(json)) {
            in.nextToken();
            query = new QueryPass(in, limits, faults, path).query();
            if (in.nextToken() != null) {
                faults.add(FaultCode.MALFORMED_JSON, "", "Something follows the query.");
            }
        } catch (IOException notJson) {
            faults.add(
                    FaultCode.MALFORMED_JSON,
                    path.toString(),
                    "The body is not JSON, or a name, a number or the nesting in it is beyond all bounds.");
        }
        return faults.orOk(query);
    }
}
