package io.ashlar.guard.audit;

import io.ashlar.authz.call.OnBehalfOf;
import io.ashlar.authz.client.Decision;
import io.ashlar.authz.client.DecisionRecorder;
import io.ashlar.authz.client.EntityRef;
import io.ashlar.authz.client.Evaluation;
import org.jboss.logging.Logger;

/** One line each, for servers without a spool; a decision out of the cache is a line for whoever asks for that level. */
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

    @Override
    public DecisionRecorder decisions() {
        return LoggedAudit::log;
    }

    private static void log(OnBehalfOf user, Evaluation question, Decision decision) {
        EntityRef resource = question.resource();
        LOG.debugf(
                "event=%s tenant=%s actor=%s resource=%s::%s allowed=%s",
                question.action(), user.tenant(), user.subject(), resource.type(), resource.id(), decision.allowed());
    }
}
