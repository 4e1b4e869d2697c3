package io.ashlar.filter.query;

import io.ashlar.authz.problem.ProblemException;
import io.ashlar.filter.body.Envelope;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.filter.seal.SealedQuery.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of a resolve: {@code {"query":{…},"op":"stream"}}.
 *
 * @param queryJson the query's own JSON, as its reader takes it
 * @param op what is going to be done with it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ResolveRequest(byte[] queryJson, Operation op) {

    private static final List<String> OPERATIONS = List.of("count", "page", "stream");

    /**
     * Reads it strictly.
     *
     * @throws ProblemException {@code malformed_json} or {@code invalid_request}, with every fault but the query's own
     */
    static ResolveRequest read(byte[] body) {
        Envelope envelope = new Envelope(body, List.of("query", "op"));
        byte[] query = envelope.queryJson();
        Operation op = operation(envelope.member("op").asText());
        if (op == null) {
            envelope.fault(new Fault("value_invalid", "/op", "There is no such operation.", OPERATIONS, null));
        }
        envelope.done("The request is not a resolve.");
        return new ResolveRequest(query, op == null ? Operation.PAGE : op);
    }

    private static @Nullable Operation operation(String wire) {
        return switch (wire) {
            case "page" -> Operation.PAGE;
            case "stream" -> Operation.STREAM;
            case "count" -> Operation.COUNT;
            default -> null;
        };
    }
}
