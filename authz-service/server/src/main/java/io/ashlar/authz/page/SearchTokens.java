package io.ashlar.authz.page;

import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.filter.dsl.Literal;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tokens of AuthZEN's pages: opaque, bound to the question, and holding the limit it was first asked with. Thread-safe. */
@ApplicationScoped
public class SearchTokens {

    private final IdCursors cursors;

    SearchTokens(IdCursors cursors) {
        this.cursors = cursors;
    }

    /**
     * Where a page begins.
     *
     * @param after the last name that was looked at; empty for the first page
     * @param limit results at most, 0 or more
     */
    public record Place(String after, int limit) {}

    /**
     * Checks what a client asked for. A limit above the house's is brought down to it; with a token it may be left out, and must
     * not be another.
     *
     * @param question what the list is of; a token of another question is refused
     * @throws ProblemException {@code cursor_invalid}, {@code invalid_request}
     */
    public Place place(UUID tenant, String list, String question, @Nullable Integer limit, @Nullable String token) {
        int wanted = limit == null ? IdCursors.LIMIT_DEFAULT : Math.min(limit, IdCursors.LIMIT_MAX);
        if (token == null) {
            return new Place("", wanted);
        }
        List<@Nullable Literal> position = cursors.open(tenant, list, question, token);
        if (position.size() != 2
                || !(position.getFirst() instanceof Literal.Text(String after))
                || !(position.getLast() instanceof Literal.Number number)) {
            throw IdCursors.invalid();
        }
        int first = number.value().intValueExact();
        if (limit != null && wanted != first) {
            throw new ProblemException(
                    DoorError.INVALID_REQUEST,
                    "the page is not valid",
                    List.of(new Fault("value_invalid", "/page/limit", "is " + first + " on the pages of this token")));
        }
        return new Place(after, first);
    }

    /** The token of the page that begins after a name. */
    public String token(UUID tenant, String list, String question, String after, Place now) {
        return cursors.seal(tenant, list, question, List.of(Literal.of(after), Literal.of((long) now.limit())));
    }
}
