package io.ashlar.authz.journal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ashlar.authz.client.DecisionRecorder;
import io.ashlar.authz.database.Versions;
import io.ashlar.guard.audit.DoorAudit;
import io.ashlar.guard.audit.DoorEvent;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The door's events in the spool. Refused permissions are left out: here the decision itself has been recorded. */
@ApplicationScoped
class SpooledDoorAudit implements DoorAudit {

    private static final String ON_BEHALF_OF = "on_behalf_of";

    private final DecisionJournal journal;

    SpooledDoorAudit(DecisionJournal journal) {
        this.journal = journal;
    }

    /** Here nothing is decided twice: what a cache or an embedded decision point would have to record, this server records itself. */
    @Override
    public DecisionRecorder decisions() {
        return DecisionRecorder.NONE;
    }

    @Override
    public void record(DoorEvent event) {
        if (!event.action().equals(ON_BEHALF_OF)) {
            return;
        }
        journal.record(new Decided(
                event.tenant(),
                event.actor(),
                event.actingService(),
                ON_BEHALF_OF,
                "User",
                event.actor(),
                event.allowed(),
                List.of("door"),
                new Versions(0, 0),
                JsonNodeFactory.instance.objectNode()));
    }
}
