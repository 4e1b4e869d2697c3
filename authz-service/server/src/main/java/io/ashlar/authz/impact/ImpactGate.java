package io.ashlar.authz.impact;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.authz.AuthzError;
import io.ashlar.authz.policyset.Narrowing;
import io.ashlar.authz.policyset.PolicySet;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.authz.snapshot.Snapshots;
import io.ashlar.authz.snapshot.TenantSnapshot;
import io.ashlar.cedar.PolicySource;
import io.ashlar.cedar.eval.CedarEngine;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.filter.impact.ImpactResult;
import io.ashlar.filter.impact.ImpactResult.Subject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;

/**
 * Opens for a change of policies when results that are believed show what it does to everybody, and somebody has agreed to what is
 * gained. Blocks, for as long as everybody's plans take; thread-safe.
 */
@ApplicationScoped
public class ImpactGate {

    private static final long RETRY_AFTER_SECONDS = 5;

    private final Snapshots snapshots;
    private final CedarEngine engine;
    private final ImpactTrust trust;
    private final ImpactConfig config;
    private final Semaphore places;

    ImpactGate(Snapshots snapshots, CedarEngine engine, ImpactTrust trust, ImpactConfig config) {
        this.snapshots = snapshots;
        this.engine = engine;
        this.trust = trust;
        this.config = config;
        this.places = new Semaphore(config.atOnce());
    }

    /** @throws ProblemException {@code impact_keys_missing} */
    public void requireKeys() {
        trust.requireKeys();
    }

    /** How many results an edition may have. */
    public int resultsMax() {
        return config.resultsMax();
    }

    /** The tenant as it would be with other policies, valid by syntax. */
    public TenantSnapshot drafted(TenantSnapshot now, PolicySet next) {
        return Plans.with(engine, now, next);
    }

    /**
     * Reads a result of this tenant about these two sets, or refuses it with all that is wrong.
     *
     * @throws ProblemException {@code impact_invalid}, {@code impact_keys_missing}, {@code policy_not_translatable}
     */
    public ImpactResult accept(UUID tenant, String jws, PolicySet present, PolicySet next) {
        trust.requireKeys();
        ImpactTrust.Weighed weighed = trust.weigh(tenant, jws);
        List<Fault> faults = new ArrayList<>(weighed.faults());
        ImpactResult result = weighed.result();
        if (result != null && result.tenant().equals(tenant)) {
            differing(Plans.of(engine, snapshots.get(tenant), present, next), result, faults);
        }
        if (result == null || !faults.isEmpty()) {
            throw new ProblemException(
                    AuthzError.IMPACT_INVALID, "the impact is not to be believed, or is of something else", faults);
        }
        return result;
    }

    private static void differing(Plans plans, ImpactResult result, List<Fault> faults) {
        ImpactResult.Question question = result.question();
        if (question == null) {
            return;
        }
        for (int i = 0; i < result.subjects().size(); i++) {
            Subject subject = result.subjects().get(i);
            ImpactResult.Decides shown = subject.decides();
            if (shown == null) {
                continue;
            }
            ImpactResult.Decides now = plans.decides(subject.subject(), question);
            String at = "/subjects/" + i + "/decides/";
            if (!shown.before().equals(now.before())) {
                faults.add(ImpactTrust.fault("plan_differs", at + "before", "is not what the policies decide now"));
            }
            if (!shown.after().equals(now.after())) {
                faults.add(ImpactTrust.fault("plan_differs", at + "after", "is not what the draft would decide"));
            }
        }
    }

    /**
     * What the results show of a change, for everybody.
     *
     * @param edition of the draft
     * @throws ProblemException {@code review_busy}, {@code policy_not_translatable}
     */
    public Standing standing(UUID tenant, Evidence evidence, long edition, PolicySet present, PolicySet next) {
        if (!places.tryAcquire()) {
            throw busy("too many comparisons are under way");
        }
        try {
            Plans plans = Plans.of(engine, snapshots.get(tenant), present, next);
            long deadlineNanos = System.nanoTime() + config.timeLimit().toNanos();
            Coverage coverage = new Coverage(tenant, trust, plans, () -> {
                if (System.nanoTime() - deadlineNanos > 0) {
                    throw busy("comparing everybody's plans took more than " + config.timeLimit());
                }
            });
            return coverage.of(evidence, edition, narrows(present, next));
        } finally {
            places.release();
        }
    }

    /**
     * Ends the publication unless everything is shown and what is gained is approved, or nobody can gain anything.
     *
     * @return what was shown and approved
     * @throws ProblemException {@code impact_required}, {@code gains_not_approved}, {@code review_busy}
     */
    public ObjectNode require(UUID tenant, Evidence evidence, long edition, PolicySet present, PolicySet next) {
        if (narrows(present, next)) {
            return narrower();
        }
        Standing standing = standing(tenant, evidence, edition, present, next);
        if (standing.missing().count() > 0) {
            throw new ProblemException(
                    AuthzError.IMPACT_REQUIRED,
                    standing.missing().count() + " changes of plans are shown by no result",
                    standing.missing().items().stream().map(ImpactGate::fault).toList());
        }
        if (standing.gains().count() > 0 && !standing.approved()) {
            throw new ProblemException(
                    AuthzError.GAINS_NOT_APPROVED,
                    standing.gains().count() + " gains are approved by nobody",
                    standing.gains().items().stream().map(ImpactGate::fault).toList());
        }
        return standing.note();
    }

    /**
     * Ends a publication of which nothing can be shown, unless nobody can gain anything.
     *
     * @param instead what its maker can do
     * @throws ProblemException {@code impact_required}
     */
    public ObjectNode requireNarrower(PolicySet present, PolicySet next, String instead) {
        if (!narrows(present, next)) {
            throw new ProblemException(
                    AuthzError.IMPACT_REQUIRED,
                    "this does more than take permits away or add forbids, and its impact cannot be shown: " + instead);
        }
        return narrower();
    }

    private static boolean narrows(PolicySet present, PolicySet next) {
        return Narrowing.between(texts(present), texts(next));
    }

    private static List<String> texts(PolicySet set) {
        return set.sources().stream().map(PolicySource::text).toList();
    }

    private static ObjectNode narrower() {
        return JsonNodeFactory.instance.objectNode().put("narrows", true);
    }

    private static Fault fault(Standing.Missing missing) {
        String pointer = "/impacts/" + missing.dataset();
        return missing.subject() == null
                ? new Fault("result_missing", pointer, "no result of this dataset is attached, or it is not believed")
                : new Fault("subject_missing", pointer, missing.subject() + " is in no result, nor anybody alike");
    }

    private static Fault fault(Standing.Change gain) {
        String fields = gain.fields().isEmpty() ? "" : ", and the values of " + String.join(", ", gain.fields());
        return new Fault(
                "gain", "/impacts/" + gain.dataset(), gain.subject() + " gains " + gain.rows() + " rows" + fields);
    }

    private static ProblemException busy(String detail) {
        return new ProblemException(AuthzError.REVIEW_BUSY, detail).retryAfter(RETRY_AFTER_SECONDS);
    }
}
