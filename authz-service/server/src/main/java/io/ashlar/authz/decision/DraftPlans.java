package io.ashlar.authz.decision;

import io.ashlar.authz.journal.Decided;
import io.ashlar.authz.journal.DecisionJournal;
import io.ashlar.authz.plan.Plan;
import io.ashlar.authz.plan.PlanChange;
import io.ashlar.authz.snapshot.TenantSnapshot;
import io.ashlar.guard.identity.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.UnaryOperator;

/** What policies that are not in force would let somebody act on. Recorded as a plan is, with the reason {@code draft}. Blocks. */
@ApplicationScoped
public class DraftPlans {

    private final Decisions decisions;
    private final DecisionJournal journal;

    DraftPlans(Decisions decisions, DecisionJournal journal) {
        this.decisions = decisions;
        this.journal = journal;
    }

    /**
     * Both plans of a question as {@code POST /api/v1/plan} takes it.
     *
     * @param draft its id, for the record
     * @param drafted the tenant as it would be
     * @throws io.ashlar.authz.problem.ProblemException {@code policy_not_translatable}, or if the caller may not ask about the
     *     subject
     */
    public PlanChange plans(Caller caller, byte[] body, String draft, UnaryOperator<TenantSnapshot> drafted) {
        PlanQuestion question = QuestionReader.plan(body);
        Decisions.Sitting sitting = decisions.sitting(caller);
        new AskingRight(sitting).require(question.subject());
        TenantSnapshot now = sitting.snapshot().orElseThrow();
        Plan before = RowPlans.beforeDraft(now, question);
        Plan after = RowPlans.require(drafted.apply(now), question);
        journal.record(new Decided(
                caller.tenant(),
                caller.subject(),
                caller.actingService(),
                question.action().id(),
                question.resourceType(),
                "*",
                !(after instanceof Plan.None),
                List.of("draft"),
                now.versions(),
                question.inputs().deepCopy().put("draft", draft)));
        return new PlanChange(before, after);
    }
}
