package io.ashlar.cedar;

/** What an error inside a policy means for the decision. */
public enum Mode {
    /** Cedar's own semantics: a policy that fails is skipped, a forbid too. */
    EXACT,
    /** The house's default: an error inside any forbid denies, for nobody knows what it would have forbidden. */
    STRICT
}
