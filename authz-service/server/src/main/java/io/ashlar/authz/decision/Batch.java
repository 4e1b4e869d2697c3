package io.ashlar.authz.decision;

import io.ashlar.filter.dsl.Fault;
import java.util.List;
import java.util.Locale;

/**
 * Questions that came together; each stands for itself.
 *
 * @param semantic when to stop
 * @param items in the order of the request
 */
record Batch(Semantic semantic, List<Item> items) {

    Batch {
        items = List.copyOf(items);
    }

    /** How far a batch is answered (OpenID AuthZEN 1.0, evaluations semantics). */
    enum Semantic {
        /** Every question has an answer. */
        EXECUTE_ALL,
        /** The first denial is the last answer. */
        DENY_ON_FIRST_DENY,
        /** The first allow is the last answer. */
        PERMIT_ON_FIRST_PERMIT;

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        boolean endsWith(boolean allowed) {
            return switch (this) {
                case EXECUTE_ALL -> false;
                case DENY_ON_FIRST_DENY -> !allowed;
                case PERMIT_ON_FIRST_PERMIT -> allowed;
            };
        }
    }

    /** One of them. */
    sealed interface Item {

        /** A question that can be decided. */
        record Asked(Question question) implements Item {}

        /** None: denied, with what is wrong with it; pointers are into the whole body. */
        record Broken(List<Fault> faults) implements Item {
            public Broken {
                faults = List.copyOf(faults);
            }
        }
    }
}
