package io.ashlar.filter.dataset;

/** What came of a declaration. */
sealed interface Declared {

    record Created(Stored stored) implements Declared {}

    record Changed(Stored stored) implements Declared {}

    /** The present version says the same already. */
    record Unchanged(Stored stored) implements Declared {}

    /** The precondition does not hold. */
    record Stale() implements Declared {}

    /** The tenant has as many datasets as it may have. */
    record OverQuota(long limit) implements Declared {}
}
