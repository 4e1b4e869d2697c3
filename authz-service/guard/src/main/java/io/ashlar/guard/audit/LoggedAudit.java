package io.ashlar.guard.audit;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** The default: one line each, for servers without a spool. */
@DefaultBean
@ApplicationScoped
class LoggedAudit implements DoorAudit {

    private static final Logger LOG = Logger.getLogger("io.ashlar.audit");

    @Override
    public void record(DoorEvent event) {
        LOG.infof(
                "event=%s tenant=%s actor=%s acting_service=%s resource=%s allowed=%s",
                event.action(),
                event.tenant(),
                event.actor(),
                event.actingService(),
                event.resource(),
                event.allowed());
    }
}
