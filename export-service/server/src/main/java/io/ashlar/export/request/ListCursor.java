package io.ashlar.export.request;

import io.ashlar.authz.problem.ProblemException;
import io.ashlar.export.request.ExportStore.Place;
import io.ashlar.filter.FilterError;
import io.ashlar.filter.cursor.CursorBinding;
import io.ashlar.filter.cursor.CursorCodec;
import io.ashlar.filter.cursor.CursorKeys;
import io.ashlar.filter.cursor.CursorState;
import io.ashlar.filter.cursor.Opened;
import io.ashlar.filter.dsl.Literal;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/** Cursors of the list of exports: sealed, of one tenant, for a while. */
@Singleton
final class ListCursor {

    private final CursorCodec codec;
    private final RequestConfig config;

    ListCursor(RequestConfig config) {
        this.config = config;
        this.codec = new CursorCodec(CursorKeys.parse(config.keys()));
    }

    String seal(UUID tenant, Place place) {
        CursorState state = new CursorState(
                List.of(
                        new Literal.Text(place.createdAt()),
                        new Literal.Text(place.id().toString())),
                null,
                Instant.now().plus(config.life()).truncatedTo(ChronoUnit.SECONDS));
        return codec.seal(state, binding(tenant));
    }

    /**
     * Opens.
     *
     * @throws ProblemException if it is not a cursor of this tenant's list, or too old
     */
    Place open(UUID tenant, String cursor) {
        return switch (codec.open(cursor, binding(tenant))) {
            case Opened.Ok(CursorState state) -> {
                if (state.position().size() == 2
                        && state.position().get(0) instanceof Literal.Text(String createdAt)
                        && state.position().get(1) instanceof Literal.Text(String id)) {
                    yield new Place(createdAt, UUID.fromString(id));
                }
                throw new ProblemException(FilterError.CURSOR_INVALID, "this is not a cursor of this list");
            }
            case Opened.Invalid(Opened.Reason reason) ->
                throw reason == Opened.Reason.EXPIRED
                        ? new ProblemException(FilterError.CURSOR_EXPIRED, "the cursor is too old, begin anew")
                        : new ProblemException(FilterError.CURSOR_INVALID, "this is not a cursor of this list");
        };
    }

    private static CursorBinding binding(UUID tenant) {
        return new CursorBinding(tenant, "ashlar exports", 1, "");
    }
}
