package io.ashlar.guard.audit;

import org.jboss.logging.Logger;

/** One line each, for servers without a spool. */
final class LoggedAudit implements DoorAudit {

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
