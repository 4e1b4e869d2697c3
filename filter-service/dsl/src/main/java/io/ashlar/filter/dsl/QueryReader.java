package io.ashlar.filter.dsl;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

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

    private static final int QUERIES = 256;

    private final Limits limits;
    private final @Nullable KnownQueries queries;

    public QueryReader() {
        this(Limits.CLIENT);
    }

    public QueryReader(Limits limits) {
        this(limits, null);
    }

    private QueryReader(Limits limits, @Nullable KnownQueries queries) {
        this.limits = limits;
        this.queries = queries;
    }

    /**
     * For clients, as any other but for its speed: it remembers what 256 queries of at most 4 KiB are but for their constants
     * and cursors, and reads only these where one comes again. A text that is not the same byte by byte around them is read
     * whole, and so is one with a constant that is not plain.
     */
    public static QueryReader remembering() {
        return remembering(new KnownQueries(QUERIES, Limits.CLIENT));
    }

    static QueryReader remembering(KnownQueries queries) {
        return new QueryReader(Limits.CLIENT, queries);
    }

    /** The query, or what is wrong with it. An empty object is everything, first page. */
    public Parsed<Query> read(byte[] json) {
        if (json.length > limits.bodyBytes()) {
            return Parsed.faulty(
                    new Fault(FaultCode.BODY_TOO_LARGE, "", "A query may have " + limits.bodyBytes() + " bytes."));
        }
        Outline outline = queries == null ? null : Outline.of(json);
        if (queries == null || outline == null) {
            return readWhole(json);
        }
        Query known = queries.find(outline);
        if (known != null) {
            return Parsed.ok(known);
        }
        Parsed<Query> read = readWhole(json);
        if (read instanceof Parsed.Ok<Query>(Query query)) {
            queries.remember(outline, query);
        }
        return read;
    }

    private Parsed<Query> readWhole(byte[] json) {
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
