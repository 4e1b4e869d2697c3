package io.ashlar.filter.body;

import com.fasterxml.jackson.databind.JsonNode;
import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.filter.dsl.FaultCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A body with a query in it among a few other members, read strictly; collects what is wrong with it. Not thread-safe. */
public final class Envelope {

    /** Where the query stands in the body. */
    public static final String QUERY_POINTER = "/query";

    private static final String QUERY = "query";

    private final JsonNode node;
    private final List<Fault> faults = new ArrayList<>();

    /**
     * Reads a body.
     *
     * @param keys all that may stand in it
     * @throws ProblemException {@code malformed_json}
     */
    public Envelope(byte[] body, List<String> keys) {
        this.node = StrictBody.parse(body);
        if (!node.isObject()) {
            fault(FaultCode.WRONG_TYPE, "", "An object is expected.");
        }
        faults.addAll(StrictBody.unknownKeys(node, "", keys));
    }

    /** The member, missing if it is not there. */
    public JsonNode member(String key) {
        return node.path(key);
    }

    public void fault(String code, String pointer, String detail) {
        faults.add(new Fault(code, pointer, detail));
    }

    public void fault(Fault fault) {
        faults.add(fault);
    }

    /** The query's own JSON, as its reader takes it; only the query's reader tells what is wrong inside. */
    public byte[] queryJson() {
        JsonNode query = node.path(QUERY);
        if (node.isObject() && !query.isObject()) {
            fault(FaultCode.WRONG_TYPE, QUERY_POINTER, "The query is an object.");
        }
        return query.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Ends the reading: with every fault but the query's own, if there are any. */
    public void done(String detail) {
        if (!faults.isEmpty()) {
            throw new ProblemException(DoorError.INVALID_REQUEST, detail, faults);
        }
    }
}
