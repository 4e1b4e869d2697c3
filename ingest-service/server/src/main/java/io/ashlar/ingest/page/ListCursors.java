package io.ashlar.ingest.page;

import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.filter.cursor.CursorBinding;
import io.ashlar.filter.cursor.CursorCodec;
import io.ashlar.filter.cursor.CursorKeys;
import io.ashlar.filter.cursor.CursorState;
import io.ashlar.filter.cursor.Opened;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.filter.dsl.Literal;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/** Seals and opens the place after which a list goes on. Made at start, so that a key that is none stops it. Thread-safe. */
@Startup
@Singleton
public final class ListCursors {

    private final CursorCodec codec;
    private final CursorConfig config;

    ListCursors(CursorConfig config) {
        this.config = config;
        this.codec = new CursorCodec(CursorKeys.parse(config.keys()));
    }

    /** A cursor after {@code place} of that list. */
    public String seal(UUID tenant, String list, String place) {
        CursorState state = new CursorState(
                List.of(new Literal.Text(place)),
                null,
                Instant.now().plus(config.life()).truncatedTo(ChronoUnit.SECONDS));
        return codec.seal(state, binding(tenant, list));
    }

    /**
     * The place.
     *
     * @throws ProblemException {@code invalid_request} if it is no cursor of this tenant's list, or too old
     */
    public String open(UUID tenant, String list, String cursor) {
        if (codec.open(cursor, binding(tenant, list)) instanceof Opened.Ok(CursorState state)
                && state.position().size() == 1
                && state.position().getFirst() instanceof Literal.Text(String place)) {
            return place;
        }
        throw new ProblemException(
                DoorError.INVALID_REQUEST,
                "a parameter is not usable",
                List.of(new Fault(
                        "invalid_cursor", "query:cursor", "not a cursor of this list, or too old: begin anew")));
    }

    private static CursorBinding binding(UUID tenant, String list) {
        return new CursorBinding(tenant, "ashlar ingest " + list, 1, "");
    }
}
