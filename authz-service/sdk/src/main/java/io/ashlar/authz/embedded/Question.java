package io.ashlar.authz.embedded;

import io.ashlar.authz.client.EntityRef;
import io.ashlar.authz.client.Evaluation;
import io.ashlar.cedar.EntityUid;
import io.ashlar.cedar.eval.Request;
import io.ashlar.cedar.value.EntityFacts;
import io.ashlar.cedar.value.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A question as the evaluator takes it.
 *
 * @param request who, what, on what, with which context
 * @param subject what was said of the subject
 * @param resource what was said of the resource
 */
record Question(Request request, EntityFacts subject, EntityFacts resource) {

    private static final int ACTION_LENGTH_MAX = 128;

    /** The member of the context that says how the user signed in: a set of strings. */
    private static final String AMR = "amr";

    /** Principals that are roles or groups would have what only their members have. */
    private static final Set<String> NO_SUBJECTS = Set.of("Group", "Role");

    /**
     * Reads a question by the rules of authz.
     *
     * @throws IllegalArgumentException if authz would refuse it
     */
    static Question of(Evaluation evaluation) {
        EntityFacts subject = facts(evaluation.subject(), "subject");
        EntityFacts resource = facts(evaluation.resource(), "resource");
        String action = evaluation.action();
        if (NO_SUBJECTS.contains(subject.uid().type())) {
            throw new IllegalArgumentException("a group or a role does nothing itself");
        }
        if (action.isEmpty() || action.length() > ACTION_LENGTH_MAX) {
            throw new IllegalArgumentException("an action has 1 to " + ACTION_LENGTH_MAX + " characters");
        }
        Value.Fields context = Facts.fields(evaluation.context(), "context");
        return new Question(
                new Request(subject.uid(), new EntityUid("Action", action), resource.uid(), context),
                subject,
                resource);
    }

    private static EntityFacts facts(EntityRef entity, String where) {
        return new EntityFacts(
                new EntityUid(entity.type(), entity.id()),
                Facts.fields(entity.properties(), where + "/properties").values(),
                Map.of(),
                Set.of());
    }

    /**
     * The same question by somebody who signed in with this method besides; empty where the question does not say how the user
     * signed in, or did so with this.
     */
    Optional<Question> signedIn(String method) {
        Value more = new Value.Text(method);
        if (!(request.context().values().get(AMR) instanceof Value.SetOf(Set<Value> used)) || used.contains(more)) {
            return Optional.empty();
        }
        Set<Value> methods = new HashSet<>(used);
        methods.add(more);
        Map<String, Value> context = new HashMap<>(request.context().values());
        context.put(AMR, new Value.SetOf(methods));
        return Optional.of(new Question(
                new Request(request.principal(), request.action(), request.resource(), new Value.Fields(context)),
                subject,
                resource));
    }

    /** What is said of entities that authz does not own; of two that are one, what is said of the resource. */
    List<EntityFacts> said(Set<String> ownTypes) {
        boolean ofResource = !ownTypes.contains(resource.uid().type());
        boolean ofSubject = !ownTypes.contains(subject.uid().type())
                && !(ofResource && subject.uid().equals(resource.uid()));
        if (ofSubject) {
            return ofResource ? List.of(subject, resource) : List.of(subject);
        }
        return ofResource ? List.of(resource) : List.of();
    }
}
