package io.ashlar.authz.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Several AuthZEN evaluations on the wire: {@code POST /access/v1/evaluations}, all of them answered. Thread-safe. */
final class EvaluationsJson {

    private EvaluationsJson() {}

    /** Each question whole, without defaults; AuthZEN's default is to answer all. */
    static ObjectNode write(List<Evaluation> questions) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode items = body.putArray("evaluations");
        questions.forEach(question -> items.add(EvaluationJson.write(question)));
        return body;
    }

    /** The answers in order; empty unless there is exactly one for each question: else nobody knows which is whose. */
    static Optional<List<Decision>> read(JsonNode answer, int questions) {
        JsonNode items = answer.path("evaluations");
        if (!items.isArray() || items.size() != questions) {
            return Optional.empty();
        }
        List<Decision> decisions = new ArrayList<>(questions);
        items.forEach(item -> decisions.add(EvaluationJson.readDecision(item)));
        return Optional.of(decisions);
    }
}
