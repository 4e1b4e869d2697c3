package io.ashlar.authz.decision;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.cedar.EntityUid;
import io.ashlar.guard.identity.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/**
 * Who may ask about whom: a service that acts for a user, about anybody in that user's tenant; a user about themselves, and about
 * others with the permission {@code principal.read}.
 */
@ApplicationScoped
class AskingRight {

    private final Decisions decisions;

    AskingRight(Decisions decisions) {
        this.decisions = decisions;
    }

    void require(Caller caller, EntityUid subject) {
        EntityUid self = new EntityUid("User", caller.subject());
        if (caller.actingService() != null || subject.equals(self)) {
            return;
        }
        Question mayAsk = new Question(
                self,
                Map.of(),
                new EntityUid("Action", "principal.read"),
                new EntityUid("Tenant", caller.requireTenant().toString()),
                Map.of(),
                Map.of(),
                JsonNodeFactory.instance.objectNode());
        if (!decisions.decide(caller, mayAsk).decision().allowed()) {
            throw new ProblemException(DoorError.FORBIDDEN, "the caller may ask about themselves only");
        }
    }
}
