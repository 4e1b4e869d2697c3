package io.ashlar.guard.audit;

/** Where the door's events go. Recording is done before the request goes on; a failure to record refuses it. Thread-safe. */
public interface DoorAudit {

    void record(DoorEvent event);
}
