package io.ashlar.guard.audit;

import io.ashlar.authz.client.DecisionRecorder;

/** Where the door's events go. Recording is done before the request goes on; a failure to record refuses it. Thread-safe. */
public interface DoorAudit {

    void record(DoorEvent event);

    /** Where decisions go that authz was not asked for: those of the cache, and of an embedded decision point. */
    DecisionRecorder decisions();
}
