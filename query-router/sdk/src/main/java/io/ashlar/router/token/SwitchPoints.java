package io.ashlar.router.token;

import java.util.OptionalLong;

/** Where timelines ended: the last position of a timeline that its successor carries. Thread-safe. */
@FunctionalInterface
public interface SwitchPoints {

    /** Nothing is known: positions of different timelines stay side by side. What a client has. */
    SwitchPoints UNKNOWN = timeline -> OptionalLong.empty();

    /** The LSN at which {@code timeline} was left; empty if it was not, or nobody knows. */
    OptionalLong of(int timeline);
}
