package io.ashlar.export.client;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where an export stands; the last four are final. */
public enum ExportState {
    @JsonProperty("queued")
    QUEUED,
    @JsonProperty("running")
    RUNNING,
    @JsonProperty("succeeded")
    SUCCEEDED,
    /** Refused for a reason that a repeat would not change. */
    @JsonProperty("failed")
    FAILED,
    @JsonProperty("cancelled")
    CANCELLED,
    /** Given up after its last attempt. */
    @JsonProperty("dead")
    DEAD;

    /** Whether the state never changes again. */
    public boolean isFinal() {
        return this != QUEUED && this != RUNNING;
    }
}
