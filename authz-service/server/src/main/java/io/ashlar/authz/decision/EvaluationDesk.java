package io.ashlar.authz.decision;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.authz.call.WireJson;
import io.ashlar.guard.express.Desk;
import io.ashlar.guard.express.ExpressLane;
import io.ashlar.guard.identity.Caller;
import io.quarkus.vertx.http.runtime.filters.Filters;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;

/**
 * Answers evaluations: those that need neither waiting nor much computing on the event loop that read them, since the framework's
 * layers and a hand-over to another thread take longer than a decision. The same answers as {@link EvaluationResource}, which is behind
 * it. Thread-safe.
 */
@ApplicationScoped
class EvaluationDesk implements Desk {

    private final Answers answers;

    EvaluationDesk(Answers answers) {
        this.answers = answers;
    }

    void open(@Observes Filters filters, ExpressLane lane) {
        lane.open(filters, EvaluationResource.PATH, this);
    }

    @Override
    public Optional<byte[]> answerAtOnce(Caller caller, byte[] body) {
        return answers.answerAtOnce(caller, QuestionReader.evaluation(QuestionBody.read(body)))
                .map(EvaluationDesk::bytes);
    }

    @Override
    public byte[] answer(Caller caller, byte[] body) {
        return bytes(answers.answer(caller, QuestionReader.evaluation(QuestionBody.read(body))));
    }

    private static byte[] bytes(ObjectNode answer) {
        try {
            return WireJson.mapper().writeValueAsBytes(answer);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree of values is always JSON", impossible);
        }
    }
}
