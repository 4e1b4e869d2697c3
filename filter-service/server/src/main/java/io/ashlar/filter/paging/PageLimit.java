package io.ashlar.filter.paging;

import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.filter.dsl.Fault;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How many entries of a list are asked for, by the query parameter {@code limit}. */
public final class PageLimit {

    private static final int DEFAULT = 50;
    private static final int MAX = 500;

    private PageLimit() {}

    /**
     * The number, or what is meant where none is said.
     *
     * @throws ProblemException {@code invalid_request}
     */
    public static int of(@Nullable String text) {
        if (text == null) {
            return DEFAULT;
        }
        boolean digits = !text.isEmpty() && text.length() <= 4 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        int limit = digits ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > MAX) {
            throw new ProblemException(
                    DoorError.INVALID_REQUEST,
                    "The limit is not valid.",
                    List.of(new Fault(
                            "out_of_range", "query:limit", "A whole number from 1 to " + MAX + " is expected.")));
        }
        return limit;
    }
}
