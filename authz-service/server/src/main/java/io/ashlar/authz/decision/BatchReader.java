package io.ashlar.authz.decision;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.authz.body.Bodies;
import io.ashlar.authz.decision.Batch.Item;
import io.ashlar.authz.decision.Batch.Semantic;
import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.filter.dsl.Suggestion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads batches. What is wrong with the whole (a default, the options, the size) ends the request; what is wrong with one
 * question is that question's own denial. A question takes a default whole or not at all.
 */
final class BatchReader {

    /** What the defaults may add up to when each question is written out: it is all recorded. */
    static final int WRITTEN_OUT_CHARACTERS_MAX = 4 << 20;

    private static final List<String> PARTS = List.of("subject", "action", "resource", "context");
    private static final List<String> SEMANTICS =
            Arrays.stream(Semantic.values()).map(Semantic::wire).toList();

    private BatchReader() {}

    /** The batch; empty if the body is a single question, as it is without evaluations. */
    static Optional<Batch> read(JsonNode body, int itemsMax) {
        List<Fault> faults = new ArrayList<>();
        JsonNode items = body.path("evaluations");
        Semantic semantic = semantic(body.path("options"), faults);
        if (!items.isMissingNode() && !items.isArray()) {
            faults.add(new Fault("wrong_type", "/evaluations", "expected an array"));
        }
        if (items.size() > itemsMax) {
            faults.add(new Fault("out_of_range", "/evaluations", "at most " + itemsMax + " evaluations are accepted"));
        }
        if (items.isArray() && !items.isEmpty()) {
            defaults(body, faults);
        }
        Bodies.refuse(faults);
        if (items.isEmpty()) {
            return Optional.empty();
        }
        requireRoom(body, items.size());
        List<Item> read = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            read.add(item(body, items.get(i), "/evaluations/" + i));
        }
        return Optional.of(new Batch(semantic, read));
    }

    private static Semantic semantic(JsonNode options, List<Fault> faults) {
        JsonNode wanted = options.path("evaluations_semantic");
        if (!options.isMissingNode() && !options.isObject()) {
            faults.add(new Fault("wrong_type", "/options", "expected an object"));
        }
        Optional<Semantic> known = Arrays.stream(Semantic.values())
                .filter(semantic -> wanted.isTextual() && wanted.textValue().equals(semantic.wire()))
                .findFirst();
        if (!wanted.isMissingNode() && known.isEmpty()) {
            faults.add(new Fault(
                    wanted.isTextual() ? "value_invalid" : "wrong_type",
                    "/options/evaluations_semantic",
                    "no such semantic",
                    SEMANTICS,
                    Suggestion.nearest(wanted.asText(), SEMANTICS)));
        }
        return known.orElse(Semantic.EXECUTE_ALL);
    }

    /** Each default that is there must be good, needed or not. */
    private static void defaults(JsonNode body, List<Fault> faults) {
        QuestionReader reader = new QuestionReader(faults);
        if (body.has("subject")) {
            reader.subject(body.path("subject"));
            reader.properties(body, "subject");
        }
        if (body.has("action")) {
            reader.action(body.path("action"));
        }
        if (body.has("resource")) {
            reader.resource(body.path("resource"));
            reader.properties(body, "resource");
        }
        reader.context(body);
    }

    private static void requireRoom(JsonNode body, int items) {
        long defaults = PARTS.stream()
                .mapToLong(part -> body.path(part).toString().length())
                .sum();
        if (defaults * items > WRITTEN_OUT_CHARACTERS_MAX) {
            throw new ProblemException(
                    DoorError.BODY_TOO_LARGE,
                    "the defaults, once for each evaluation, are larger than " + WRITTEN_OUT_CHARACTERS_MAX
                            + " characters");
        }
    }

    private static Item item(JsonNode body, JsonNode own, String pointer) {
        if (!own.isObject()) {
            return new Item.Broken(List.of(new Fault("wrong_type", pointer, "expected an object")));
        }
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        for (String part : PARTS) {
            JsonNode value = own.has(part) ? own.path(part) : body.path(part);
            if (!value.isMissingNode()) {
                whole.set(part, value);
            }
        }
        List<Fault> faults = new ArrayList<>();
        Question question = new QuestionReader(faults).question(whole);
        return faults.isEmpty()
                ? new Item.Asked(QuestionReader.known(question))
                : new Item.Broken(
                        faults.stream().map(fault -> fault.under(pointer)).toList());
    }
}
