package io.ashlar.authz.decision;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ashlar.authz.AuthzError;
import io.ashlar.authz.database.Versions;
import io.ashlar.authz.plan.Plan;
import io.ashlar.authz.plan.PlanField;
import io.ashlar.authz.planning.Planner;
import io.ashlar.authz.planning.RowType;
import io.ashlar.authz.planning.Subject;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.authz.snapshot.TenantSnapshot;
import io.ashlar.cedar.EntityUid;
import io.ashlar.cedar.Mode;
import io.ashlar.cedar.value.Values;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.filter.dsl.Filter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes plans of a snapshot, and records nothing: for who decides, and for who asks what would be decided. Thread-safe. */
public final class RowPlans {

    private static final EntityUid UNMASK = new EntityUid("Action", "unmask");

    private RowPlans() {}

    /** A plan, or why there is none. */
    sealed interface Outcome {

        record Made(Plan plan) implements Outcome {}

        record Refused(List<Fault> faults) implements Outcome {}
    }

    /**
     * What a user may act on without a context.
     *
     * @throws ProblemException {@code policy_not_translatable}
     */
    public static Plan require(
            TenantSnapshot snapshot, String subject, String action, String resourceType, List<PlanField> fields) {
        return require(snapshot, question(subject, action, resourceType, fields));
    }

    /** The same of policies that are about to be replaced. */
    public static Plan beforeDraft(
            TenantSnapshot snapshot, String subject, String action, String resourceType, List<PlanField> fields) {
        return beforeDraft(snapshot, question(subject, action, resourceType, fields));
    }

    private static PlanQuestion question(String subject, String action, String resourceType, List<PlanField> fields) {
        return new PlanQuestion(
                new EntityUid("User", subject),
                new EntityUid("Action", action),
                resourceType,
                fields,
                Map.of(),
                JsonNodeFactory.instance.objectNode());
    }

    static Plan require(TenantSnapshot snapshot, PlanQuestion question) {
        return switch (of(snapshot, question)) {
            case Outcome.Made(Plan plan) -> plan;
            case Outcome.Refused(List<Fault> faults) -> throw refusal(faults);
        };
    }

    static ProblemException refusal(List<Fault> faults) {
        return new ProblemException(
                AuthzError.POLICY_NOT_TRANSLATABLE, "a policy that applies cannot be turned into a filter", faults);
    }

    /** Without a filter nobody has read a row of a list: then there is none to lose, and all that follows is gained. */
    static Plan beforeDraft(TenantSnapshot snapshot, PlanQuestion question) {
        return switch (of(snapshot, question)) {
            case Outcome.Made(Plan plan) -> plan;
            case Outcome.Refused refused ->
                new Plan.None(
                        masked(snapshot, question),
                        snapshot.versions().policyVersion(),
                        snapshot.versions().revision());
        };
    }

    static Outcome of(TenantSnapshot snapshot, PlanQuestion question) {
        Subject subject = new Subject(
                question.subject(),
                question.action(),
                Values.fields(question.context()),
                snapshot.principals(),
                RowType.of(question.resourceType(), question.fields()));
        return switch (Planner.plan(subject, snapshot.trees(), Mode.STRICT)) {
            case Planner.NotTranslatable refused -> new Outcome.Refused(refused.faults());
            case Planner.Rows rows -> new Outcome.Made(plan(rows, masked(snapshot, question), snapshot.versions()));
        };
    }

    private static Plan plan(Planner.Rows rows, List<String> masked, Versions versions) {
        if (rows.isNone()) {
            return new Plan.None(masked, versions.policyVersion(), versions.revision());
        }
        return rows.filter() instanceof Filter.All
                ? new Plan.All(masked, versions.policyVersion(), versions.revision())
                : new Plan.Matching(rows.filter(), masked, versions.policyVersion(), versions.revision());
    }

    /** Fields whose label is not public and whose unmasking is denied; each label is decided once. */
    private static List<String> masked(TenantSnapshot snapshot, PlanQuestion question) {
        Map<String, Boolean> shown = new HashMap<>();
        List<String> masked = new ArrayList<>();
        for (PlanField field : question.fields()) {
            String label = field.sensitivity();
            if (!label.equals(PlanField.PUBLIC)
                    && !shown.computeIfAbsent(label, unseen -> unmasks(snapshot, question, unseen))) {
                masked.add(field.path());
            }
        }
        return masked;
    }

    private static boolean unmasks(TenantSnapshot snapshot, PlanQuestion question, String label) {
        EntityUid sensitivity = new EntityUid("Sensitivity", label);
        Question unmask = new Question(
                question.subject(), Map.of(), UNMASK, sensitivity, Map.of(), question.context(), question.inputs());
        return Decisions.decide(snapshot, unmask).allowed();
    }
}
