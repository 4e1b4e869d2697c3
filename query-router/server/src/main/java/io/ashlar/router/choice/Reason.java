package io.ashlar.router.choice;

import java.util.Locale;

/** Why a read went where it went; frozen words of the answers' {@code reason}. */
public enum Reason {
    /** The caller asked for the primary. */
    STRONG,
    /** A replica was fresh enough. */
    REPLICA,
    /** A replica became fresh enough while the read waited. */
    WAITED,
    /** No replica was fresh enough, and the primary had room. */
    FALLBACK,
    /** There is no other server. */
    ONLY_NODE,
    /** The primary is away; this is the freshest there is. */
    PRIMARY_AWAY;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
