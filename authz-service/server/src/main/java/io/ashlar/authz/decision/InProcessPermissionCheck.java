package io.ashlar.authz.decision;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.authz.body.Facts;
import io.ashlar.authz.call.WireJson;
import io.ashlar.authz.client.EntityRef;
import io.ashlar.authz.client.Evaluation;
import io.ashlar.authz.client.EvaluationJson;
import io.ashlar.authz.client.RecordedInputs;
import io.ashlar.cedar.CedarValue;
import io.ashlar.cedar.EntityUid;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.guard.identity.Caller;
import io.ashlar.guard.permission.Permission;
import io.ashlar.guard.permission.PermissionCheck;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The door of authz itself: asks nobody, but decides and records here. The caller's {@code amr} is in the context. */
@ApplicationScoped
class InProcessPermissionCheck implements PermissionCheck {

    private final Decisions decisions;
    private final DecisionConfig config;

    InProcessPermissionCheck(Decisions decisions, DecisionConfig config) {
        this.decisions = decisions;
        this.config = config;
    }

    @Override
    public Permission check(Caller caller, String action, EntityRef resource) {
        List<Fault> faults = new ArrayList<>();
        Map<String, CedarValue> properties =
                new Facts(faults).fields(WireJson.mapper().valueToTree(resource.properties()), "/properties");
        @Nullable EntityUid uid = resource.id().length() <= EntityUid.ID_LENGTH_MAX
                ? new EntityUid(resource.type(), resource.id())
                : null;
        if (!faults.isEmpty() || uid == null) {
            return Permission.of(false, List.of());
        }
        Question question = new Question(
                new EntityUid("User", caller.subject()),
                Map.of(),
                new EntityUid("Action", action),
                uid,
                properties,
                Map.of(StepUp.AMR, StepUp.amr(caller.amr())),
                inputs(caller, action, resource));
        Decisions.Sitting sitting = decisions.sitting(caller);
        boolean allowed = sitting.decide(question).decision().allowed();
        return Permission.of(allowed, allowed ? List.of() : StepUp.methods(sitting, question, config.stepUpMethods()));
    }

    private static ObjectNode inputs(Caller caller, String action, EntityRef resource) {
        List<String> amr = caller.amr().stream().sorted().toList();
        return RecordedInputs.of(EvaluationJson.write(
                new Evaluation(EntityRef.user(caller.subject()), action, resource, Map.of(StepUp.AMR, amr))));
    }
}
