package io.ashlar.guard.permission;

import io.ashlar.authz.client.EntityRef;
import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.guard.audit.DoorAudit;
import io.ashlar.guard.audit.DoorEvent;
import io.ashlar.guard.identity.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Has it decided, and audits what is refused. Blocks; thread-safe. */
@ApplicationScoped
class Doorkeeper {

    private final PermissionCheck check;
    private final DoorAudit audit;

    Doorkeeper(PermissionCheck check, DoorAudit audit) {
        this.check = check;
        this.audit = audit;
    }

    /**
     * Returns if the caller may.
     *
     * @throws ProblemException if not, or if nobody can tell
     */
    void require(Caller caller, String action, EntityRef entity) {
        if (check.check(caller, action, entity) instanceof Permission.Refused refused) {
            audit.record(DoorEvent.refused(
                    caller.tenant(),
                    caller.subject(),
                    caller.actingService(),
                    action,
                    entity.type() + "::" + entity.id()));
            throw refusal(action, refused);
        }
    }

    private static ProblemException refusal(String action, Permission.Refused refused) {
        if (refused.methods().isEmpty()) {
            return new ProblemException(DoorError.FORBIDDEN, "the caller may not " + action);
        }
        return new ProblemException(
                DoorError.MFA_REQUIRED,
                action + " needs a token of somebody who signed in with more",
                List.of(new Fault(
                        "mfa_required", "header:Authorization", "amr lacks one of these", refused.methods(), null)));
    }
}
