package io.ashlar.guard.permission;

import io.ashlar.authz.call.OnBehalfOf;
import io.ashlar.authz.client.Decision;
import io.ashlar.authz.client.EntityRef;
import io.ashlar.authz.client.RemoteAuthz;
import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.guard.identity.Caller;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.Map;
import org.jboss.logging.Logger;

/** Asks authz. The client is made when it is first needed: a server without permissions needs no authz. */
@DefaultBean
@ApplicationScoped
class RemotePermissionCheck implements PermissionCheck {

    private static final Logger LOG = Logger.getLogger(RemotePermissionCheck.class);

    private final Instance<RemoteAuthz> authz;

    RemotePermissionCheck(Instance<RemoteAuthz> authz) {
        this.authz = authz;
    }

    @Override
    public boolean allowed(Caller caller, String action, EntityRef resource) {
        OnBehalfOf user = new OnBehalfOf(caller.requireTenant(), caller.subject());
        Decision decision =
                authz.get().onBehalfOf(user).check(EntityRef.user(caller.subject()), action, resource, Map.of());
        return switch (decision.outcome()) {
            case ALLOW -> true;
            case DENY -> false;
            case UNAVAILABLE -> {
                LOG.warnf("event=authz_unavailable action=%s errors=%s", action, decision.errors());
                throw new ProblemException(
                                DoorError.DEPENDENCY_UNAVAILABLE, "whether the caller may do this cannot be known now")
                        .retryAfter(1);
            }
        };
    }
}
