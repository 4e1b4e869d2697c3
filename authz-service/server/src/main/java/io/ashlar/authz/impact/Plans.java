package io.ashlar.authz.impact;

import io.ashlar.authz.decision.RowPlans;
import io.ashlar.authz.plan.Plan;
import io.ashlar.authz.plan.PlanDigest;
import io.ashlar.authz.planning.PolicyTree;
import io.ashlar.authz.policyset.PolicySet;
import io.ashlar.authz.snapshot.TenantSnapshot;
import io.ashlar.cedar.PolicySource;
import io.ashlar.cedar.eval.CedarEngine;
import io.ashlar.filter.impact.ImpactResult.Decides;
import io.ashlar.filter.impact.ImpactResult.Question;
import java.util.List;

/**
 * The plans of two sets of policies over the same principals. Immutable.
 *
 * @param before by the set in force
 * @param after by the set as it would be
 */
record Plans(TenantSnapshot before, TenantSnapshot after) {

    /** Both sets are valid by syntax. */
    static Plans of(CedarEngine engine, TenantSnapshot now, PolicySet present, PolicySet next) {
        TenantSnapshot before = present.version() == now.versions().policyVersion() ? now : with(engine, now, present);
        return new Plans(before, with(engine, now, next));
    }

    /** The principals of now under other policies. */
    static TenantSnapshot with(CedarEngine engine, TenantSnapshot now, PolicySet set) {
        List<PolicySource> sources = set.sources();
        return new TenantSnapshot(
                now.tenant(),
                now.versions(),
                engine.compile(sources),
                sources,
                sources.stream().map(PolicyTree::of).toList(),
                now.principals(),
                now.registeredTypes());
    }

    /** What the subject's two plans decide. */
    Decides decides(String subject, Question question) {
        Plan was = RowPlans.beforeDraft(before, subject, question.action(), question.resourceType(), question.fields());
        Plan will = RowPlans.require(after, subject, question.action(), question.resourceType(), question.fields());
        String old = PlanDigest.of(was);
        return new Decides(old, was.equals(will) ? old : PlanDigest.of(will));
    }
}
