package io.ashlar.authz.plan;

import io.ashlar.filter.dsl.Filter;
import java.util.List;

/** Which rows of a type a subject may act on. Immutable. */
public sealed interface Plan {

    /** Cedar attribute paths whose values must be hidden, sorted. */
    List<String> masked();

    /** The version of the tenant's policies that decided. */
    long policyVersion();

    /** The tenant's revision that decided: principals and policies together. */
    long revision();

    /** Every row. */
    record All(List<String> masked, long policyVersion, long revision) implements Plan {
        public All {
            masked = sorted(masked);
        }
    }

    /** No row. */
    record None(List<String> masked, long policyVersion, long revision) implements Plan {
        public None {
            masked = sorted(masked);
        }
    }

    /**
     * The rows that the filter lets through.
     *
     * @param filter over Cedar attribute paths, never everything or nothing
     */
    record Matching(Filter filter, List<String> masked, long policyVersion, long revision) implements Plan {
        public Matching {
            masked = sorted(masked);
        }
    }

    private static List<String> sorted(List<String> paths) {
        return paths.stream().sorted().distinct().toList();
    }
}
