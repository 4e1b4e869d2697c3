package io.ashlar.authz.decision;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.authz.client.Decision;
import io.ashlar.authz.client.EvaluationJson;
import io.ashlar.authz.problem.DoorError;
import io.ashlar.cedar.DecisionAnswer;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.guard.identity.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides questions and says the answer in AuthZEN's words. Blocks; thread-safe. */
@ApplicationScoped
class Answers {

    private final Decisions decisions;
    private final DecisionConfig config;

    Answers(Decisions decisions, DecisionConfig config) {
        this.decisions = decisions;
        this.config = config;
    }

    Decisions.Sitting sitting(Caller caller) {
        return decisions.sitting(caller);
    }

    /** One question, if the caller may ask it. */
    ObjectNode answer(Caller caller, Question question) {
        Decisions.Sitting sitting = decisions.sitting(caller);
        new AskingRight(sitting).require(question.subject());
        return answer(sitting, question);
    }

    /** One question; whether the caller may ask it has been settled. */
    ObjectNode answer(Decisions.Sitting sitting, Question question) {
        return answer(sitting, question, sitting.decide(question));
    }

    /**
     * One question of a caller about themselves, or of a service that acts for a user, for a thread that must not wait; empty if it
     * takes waiting, and then nothing was recorded.
     */
    Optional<ObjectNode> answerAtOnce(Caller caller, Question question) {
        return AskingRight.isPlain(caller, question.subject())
                ? decisions.sittingAtOnce(caller).flatMap(sitting -> sitting.decideAtOnce(question)
                        .map(answer -> answer(sitting, question, answer)))
                : Optional.empty();
    }

    private ObjectNode answer(Decisions.Sitting sitting, Question question, Decisions.Answer answer) {
        DecisionAnswer decided = answer.decision();
        List<String> errors = decided.errors().stream()
                .map(error -> error.policyId() + ": " + error.message())
                .toList();
        return EvaluationJson.write(new Decision(
                decided.allowed() ? Decision.Outcome.ALLOW : Decision.Outcome.DENY,
                answer.versions().policyVersion(),
                answer.versions().revision(),
                decided.determining(),
                errors,
                decided.allowed() ? List.of() : StepUp.methods(sitting, question, config.stepUpMethods())));
    }

    /** The answers up to the last that the batch wants. */
    List<ObjectNode> answer(Decisions.Sitting sitting, Batch batch) {
        AskingRight right = new AskingRight(sitting);
        List<ObjectNode> answers = new ArrayList<>();
        for (Batch.Item item : batch.items()) {
            ObjectNode answer =
                    switch (item) {
                        case Batch.Item.Broken(List<Fault> faults) ->
                            failed(DoorError.INVALID_REQUEST, "the evaluation is not valid", faults);
                        case Batch.Item.Asked(Question question) ->
                            right.covers(question.subject())
                                    ? answer(sitting, question)
                                    : failed(
                                            DoorError.FORBIDDEN, "the caller may ask about themselves only", List.of());
                    };
            answers.add(answer);
            if (batch.semantic().endsWith(answer.path("decision").booleanValue())) {
                break;
            }
        }
        return answers;
    }

    /** A question that was not decided is denied, and says why as a whole request would. */
    private static ObjectNode failed(DoorError error, String message, List<Fault> faults) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("decision", false);
        ObjectNode said = node.putObject("context")
                .putObject("error")
                .put("status", error.status())
                .put("code", error.code())
                .put("message", message);
        if (!faults.isEmpty()) {
            ArrayNode errors = said.putArray("errors");
            faults.forEach(fault -> errors.addObject()
                    .put("code", fault.code())
                    .put("pointer", fault.pointer())
                    .put("detail", fault.detail()));
        }
        return node;
    }
}
