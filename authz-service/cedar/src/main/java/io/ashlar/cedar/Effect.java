package io.ashlar.cedar;

/** What a policy does when it applies. */
public enum Effect {
    PERMIT,
    FORBID
}
