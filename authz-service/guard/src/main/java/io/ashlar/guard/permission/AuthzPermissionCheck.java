package io.ashlar.guard.permission;

import io.ashlar.authz.call.OnBehalfOf;
import io.ashlar.authz.client.Decision;
import io.ashlar.authz.client.EntityRef;
import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.guard.config.GuardConfig;
import io.ashlar.guard.identity.Caller;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/** Asks whoever decides. It is made when it is first needed: a server without permissions needs no authz. */
@DefaultBean
@ApplicationScoped
class AuthzPermissionCheck implements PermissionCheck {

    private static final Logger LOG = Logger.getLogger(AuthzPermissionCheck.class);

    /** How the user signed in is a fact of every question of the door. */
    private static final String AMR = "amr";

    private final Instance<DecisionPoint> point;
    private final GuardConfig guard;

    AuthzPermissionCheck(Instance<DecisionPoint> point, GuardConfig guard) {
        this.point = point;
        this.guard = guard;
    }

    @Override
    public Permission check(Caller caller, String action, EntityRef resource) {
        OnBehalfOf user = new OnBehalfOf(caller.requireTenant(), caller.subject());
        Decision decision = point.get()
                .onBehalfOf(user)
                .lastKnown(guard.authz().lastKnown())
                .check(EntityRef.user(caller.subject()), action, resource, Map.of(AMR, methods(caller)));
        if (decision.age() != null) {
            LOG.infof(
                    "event=decided_as_last_known action=%s allowed=%s age_ms=%d",
                    action, decision.allowed(), decision.age().toMillis());
        }
        return switch (decision.outcome()) {
            case ALLOW, DENY -> Permission.of(decision.allowed(), decision.amrValues());
            case UNAVAILABLE -> {
                LOG.warnf("event=authz_unavailable action=%s errors=%s", action, decision.errors());
                throw new ProblemException(
                                DoorError.DEPENDENCY_UNAVAILABLE,
                                "whether the caller may do this cannot be known now",
                                decision.errors().stream()
                                        .map(why -> new Fault("no_decision", "", why))
                                        .toList())
                        .retryAfter(1);
            }
        };
    }

    /** In order, so that equal callers ask equal questions. */
    private static List<String> methods(Caller caller) {
        return caller.amr().stream().sorted().toList();
    }
}
