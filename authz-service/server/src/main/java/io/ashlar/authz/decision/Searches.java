package io.ashlar.authz.decision;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.authz.decision.SearchQuestion.Kind;
import io.ashlar.authz.page.SearchTokens;
import io.ashlar.authz.snapshot.TenantSnapshot;
import io.ashlar.guard.identity.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/**
 * Answers searches by deciding for one candidate after the other, in order of their names, on one snapshot. A page ends when it is
 * full or has looked at as many candidates as one may; it is recorded as one decision with all it found. Thread-safe; blocks.
 */
@ApplicationScoped
class Searches {

    private static final String ALL = "*";

    private final Decisions decisions;
    private final KnownNames names;
    private final SearchTokens tokens;
    private final DecisionConfig config;

    Searches(Decisions decisions, KnownNames names, SearchTokens tokens, DecisionConfig config) {
        this.decisions = decisions;
        this.names = names;
        this.tokens = tokens;
        this.config = config;
    }

    /** One page, in AuthZEN's words. */
    ObjectNode answer(Caller caller, SearchQuestion question, boolean paged) {
        UUID tenant = caller.requireTenant();
        String list = "search." + question.kind().part();
        SearchTokens.Place place = tokens.place(tenant, list, question.identity(), question.limit(), question.token());
        Decisions.Sitting sitting = decisions.sitting(caller);
        requireRight(sitting, question);
        Scan.Page found = Scan.page(
                candidates(sitting, question),
                place.after(),
                place.limit(),
                config.candidatesMax(),
                candidate -> sitting.allows(question.fill().apply(candidate)));
        record(sitting, question, found);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        String next = found.next();
        if (paged || next != null) {
            answer.putObject("page")
                    .put("next_token", next == null ? "" : tokens.token(tenant, list, question.identity(), next, place))
                    .put("count", found.names().size());
        }
        ObjectNode context = answer.putObject("context")
                .put("policy_version", sitting.versions().policyVersion())
                .put("revision", sitting.versions().revision());
        if (question.kind() != Kind.ACTION && isElsewhere(sitting, question)) {
            context.put("hint", "authz keeps no entities of this type: POST /api/v1/plan says which may be found");
        }
        ArrayNode results = answer.putArray("results");
        for (String name : found.names()) {
            ObjectNode result = results.addObject();
            if (question.kind() == Kind.ACTION) {
                result.put("name", name);
            } else {
                result.put("type", question.type()).put("id", name);
            }
        }
        return answer;
    }

    /** Who searches subjects asks about everybody. */
    private static void requireRight(Decisions.Sitting sitting, SearchQuestion question) {
        AskingRight right = new AskingRight(sitting);
        if (question.subject() == null) {
            right.requireAll();
        } else {
            right.require(question.subject());
        }
    }

    private List<String> candidates(Decisions.Sitting sitting, SearchQuestion question) {
        TenantSnapshot snapshot = sitting.snapshot().orElse(null);
        if (snapshot == null || !question.possible()) {
            return List.of();
        }
        return switch (question.kind()) {
            case SUBJECT -> QuestionReader.mayAct(question.type()) ? names.ids(snapshot, question.type()) : List.of();
            case RESOURCE -> names.ids(snapshot, question.type());
            case ACTION -> names.actions(snapshot);
        };
    }

    private boolean isElsewhere(Decisions.Sitting sitting, SearchQuestion question) {
        return sitting.snapshot()
                .map(snapshot -> !snapshot.owns(question.type())
                        && names.ids(snapshot, question.type()).isEmpty())
                .orElse(false);
    }

    private static void record(Decisions.Sitting sitting, SearchQuestion question, Scan.Page found) {
        ObjectNode inputs = question.inputs();
        ArrayNode results = inputs.putArray("results");
        found.names().forEach(results::add);
        String action = inputs.path("action").path("name").asText(ALL);
        String type = inputs.path("resource").path("type").asText(ALL);
        String id = inputs.path("resource").path("id").asText(ALL);
        sitting.record(action, type, id, !found.names().isEmpty(), List.of("search"), inputs);
    }
}
