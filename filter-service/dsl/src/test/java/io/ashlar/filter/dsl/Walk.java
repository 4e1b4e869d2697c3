package io.ashlar.filter.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All pages, one after another, as a client turns them. */
final class Walk {

    /** A page as it came: with one row more than its limit, if there is another page. */
    record Page(Statement statement, List<List<@Nullable Literal>> rows) {}

    /** Gets the page after a position; after nothing, the first. */
    @FunctionalInterface
    interface Fetch<X extends Exception> {
        Page after(@Nullable List<@Nullable Literal> position) throws X;
    }

    /** Runs one statement. */
    @FunctionalInterface
    interface Run<X extends Exception> {
        List<List<@Nullable Literal>> rows(Statement statement) throws X;
    }

    private Walk() {}

    /** A page as the router brings it: part by part until there are more rows than the limit. */
    static <X extends Exception> Page page(List<Statement> parts, int limit, Run<X> run) throws X {
        List<List<@Nullable Literal>> rows = new ArrayList<>();
        for (Statement part : parts) {
            if (rows.size() <= limit) {
                rows.addAll(run.rows(part));
            }
        }
        return new Page(parts.getFirst(), rows.subList(0, Math.min(rows.size(), limit + 1)));
    }

    /** The released columns of every row, in the order in which they came. */
    static <X extends Exception> List<List<@Nullable Literal>> all(int limit, Fetch<X> fetch) throws X {
        List<List<@Nullable Literal>> seen = new ArrayList<>();
        List<@Nullable Literal> position = null;
        while (true) {
            Page page = fetch.after(position);
            assertThat(page.rows()).hasSizeLessThanOrEqualTo(limit + 1);
            page.rows().stream()
                    .limit(limit)
                    .map(row -> row.subList(0, page.statement().released()))
                    .forEach(seen::add);
            if (page.rows().size() <= limit) {
                return seen;
            }
            position = position(page.statement(), page.rows().get(limit - 1));
        }
    }

    /** Where a page ends with this row. */
    static List<@Nullable Literal> position(Statement statement, List<@Nullable Literal> last) {
        List<@Nullable Literal> position = new ArrayList<>();
        for (int index : statement.position()) {
            position.add(last.get(index));
        }
        return position;
    }
}
