package io.ashlar.authz.decision;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.authz.database.Versions;
import io.ashlar.authz.journal.Decided;
import io.ashlar.authz.journal.DecisionJournal;
import io.ashlar.authz.plan.Plan;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.authz.snapshot.Snapshots;
import io.ashlar.authz.snapshot.TenantSnapshot;
import io.ashlar.cedar.CedarValue;
import io.ashlar.cedar.DecisionAnswer;
import io.ashlar.cedar.Entity;
import io.ashlar.cedar.EntityUid;
import io.ashlar.cedar.Mode;
import io.ashlar.cedar.eval.Request;
import io.ashlar.cedar.value.EntityFacts;
import io.ashlar.cedar.value.Values;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.guard.identity.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Decides within the caller's tenant and records before it answers. Blocks but where it says otherwise; thread-safe. */
@ApplicationScoped
class Decisions {

    /** Policies of this length together are weighed in a fraction of a millisecond, whatever they say. */
    private static final long AT_ONCE_CHARACTERS_MAX = 128 << 10;

    private static final DecisionAnswer UNKNOWN_TENANT = new DecisionAnswer(false, List.of(), List.of());

    private final Snapshots snapshots;
    private final DecisionJournal journal;

    Decisions(Snapshots snapshots, DecisionJournal journal) {
        this.snapshots = snapshots;
        this.journal = journal;
    }

    /** An answer with the versions that gave it. */
    record Answer(DecisionAnswer decision, Versions versions) {}

    /** In a tenant that does not exist everything is denied. */
    Answer decide(Caller caller, Question question) {
        return sitting(caller).decide(question);
    }

    /** Many questions of one caller, all on the snapshot of now. */
    Sitting sitting(Caller caller) {
        return new Sitting(caller, snapshots.find(caller.requireTenant()));
    }

    /** The same for a thread that must not wait; empty if the snapshot must be read first, or much must be weighed. */
    Optional<Sitting> sittingAtOnce(Caller caller) {
        return snapshots
                .held(caller.requireTenant())
                .filter(snapshot -> snapshot.withinLength(AT_ONCE_CHARACTERS_MAX))
                .map(snapshot -> new Sitting(caller, Optional.of(snapshot)));
    }

    /** Decides on one snapshot. Thread-safe. */
    final class Sitting {

        private final Caller caller;
        private final Optional<TenantSnapshot> snapshot;

        private Sitting(Caller caller, Optional<TenantSnapshot> snapshot) {
            this.caller = caller;
            this.snapshot = snapshot;
        }

        Caller caller() {
            return caller;
        }

        /** Empty if there is no such tenant. */
        Optional<TenantSnapshot> snapshot() {
            return snapshot;
        }

        Versions versions() {
            return snapshot.map(TenantSnapshot::versions).orElse(new Versions(0, 0));
        }

        /** Decides and records. */
        Answer decide(Question question) {
            Answer answer = new Answer(weigh(question), versions());
            journal.record(decided(question, answer));
            return answer;
        }

        /** The same for a thread that must not wait; empty if it could not be recorded at once, and was not. */
        Optional<Answer> decideAtOnce(Question question) {
            Answer answer = new Answer(weigh(question), versions());
            return journal.offer(decided(question, answer)) ? Optional.of(answer) : Optional.empty();
        }

        private Decided decided(Question question, Answer answer) {
            return decided(
                    question.action().id(),
                    question.resource().type(),
                    question.resource().id(),
                    answer.decision().allowed(),
                    snapshot.isEmpty()
                            ? List.of("tenant_unknown")
                            : answer.decision().determining(),
                    question.inputs());
        }

        /** What the decision would be: for what is recorded as a whole, or was not asked. */
        boolean allows(Question question) {
            return weigh(question).allowed();
        }

        /** Records an answer about many. */
        void record(
                String action,
                String resourceType,
                String resourceId,
                boolean allowed,
                List<String> reasons,
                ObjectNode inputs) {
            journal.record(decided(action, resourceType, resourceId, allowed, reasons, inputs));
        }

        private Decided decided(
                String action,
                String resourceType,
                String resourceId,
                boolean allowed,
                List<String> reasons,
                ObjectNode inputs) {
            return new Decided(
                    caller.requireTenant(),
                    caller.subject(),
                    caller.actingService(),
                    action,
                    resourceType,
                    resourceId,
                    allowed,
                    reasons,
                    versions(),
                    inputs);
        }

        private DecisionAnswer weigh(Question question) {
            return snapshot.map(found -> Decisions.decide(found, question)).orElse(UNKNOWN_TENANT);
        }
    }

    /** What a snapshot's policies say; nothing is recorded. */
    static DecisionAnswer decide(TenantSnapshot snapshot, Question question) {
        Map<EntityUid, EntityFacts> facts = new LinkedHashMap<>();
        put(facts, snapshot, question.subject(), question.subjectProperties());
        put(facts, snapshot, question.resource(), question.properties());
        Request request = new Request(
                question.subject(), question.action(), question.resource(), Values.fields(question.context()));
        return snapshot.policies().decide(request, snapshot.principals().with(facts.values()), Mode.STRICT);
    }

    /** A type has one owner: what is said in a request of an entity that lives here is not taken. */
    private static void put(
            Map<EntityUid, EntityFacts> facts,
            TenantSnapshot snapshot,
            EntityUid uid,
            Map<String, CedarValue> properties) {
        if (!snapshot.owns(uid.type())) {
            facts.put(uid, EntityFacts.of(new Entity(uid, properties, Set.of())));
        }
    }

    /**
     * Which rows the subject may act on.
     *
     * @throws ProblemException {@code policy_not_translatable}
     */
    Plan plan(Caller caller, PlanQuestion question) {
        TenantSnapshot snapshot = snapshots.get(caller.requireTenant());
        switch (RowPlans.of(snapshot, question)) {
            case RowPlans.Outcome.Refused(List<Fault> faults) -> {
                record(caller, question, snapshot.versions(), false, "policy_not_translatable");
                throw RowPlans.refusal(faults);
            }
            case RowPlans.Outcome.Made(Plan plan) -> {
                record(caller, question, snapshot.versions(), !(plan instanceof Plan.None), "plan");
                return plan;
            }
        }
    }

    private void record(Caller caller, PlanQuestion question, Versions versions, boolean some, String reason) {
        journal.record(new Decided(
                caller.tenant(),
                caller.subject(),
                caller.actingService(),
                question.action().id(),
                question.resourceType(),
                "*",
                some,
                List.of(reason),
                versions,
                question.inputs()));
    }
}
