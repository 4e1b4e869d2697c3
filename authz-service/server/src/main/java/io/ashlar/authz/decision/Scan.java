package io.ashlar.authz.decision;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Pages over candidates in order, of which only some fit. */
final class Scan {

    private Scan() {}

    /**
     * One page.
     *
     * @param names that fit, in order
     * @param next the name after which the next page begins; null if nothing is left that fits
     */
    record Page(List<String> names, @Nullable String next) {
        Page {
            names = List.copyOf(names);
        }
    }

    /**
     * The page after a name. One more than fits on it is looked for: there is a next page only if it has something, or if nobody
     * knows because {@code looksMax} candidates have been looked at.
     *
     * @param sorted candidates, none of them empty
     * @param after empty for the first page
     * @param limit names on a page, 0 or more
     * @param looksMax candidates that are looked at for a page, 1 or more
     */
    static Page page(List<String> sorted, String after, int limit, int looksMax, Predicate<String> fits) {
        List<String> found = new ArrayList<>();
        String last = after;
        int first = firstAfter(sorted, after);
        for (int i = first; i < sorted.size(); i++) {
            String candidate = sorted.get(i);
            if (i - first == looksMax) {
                return new Page(found, last);
            }
            if (fits.test(candidate)) {
                if (found.size() == limit) {
                    return new Page(found, last);
                }
                found.add(candidate);
            }
            last = candidate;
        }
        return new Page(found, null);
    }

    private static int firstAfter(List<String> sorted, String after) {
        if (after.isEmpty()) {
            return 0;
        }
        int at = Collections.binarySearch(sorted, after);
        return at < 0 ? -at - 1 : at + 1;
    }
}
