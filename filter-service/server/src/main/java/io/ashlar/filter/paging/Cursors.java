package io.ashlar.filter.paging;

import io.ashlar.authz.problem.ProblemException;
import io.ashlar.filter.FilterError;
import io.ashlar.filter.cursor.CursorBinding;
import io.ashlar.filter.cursor.CursorCodec;
import io.ashlar.filter.cursor.CursorKeys;
import io.ashlar.filter.cursor.CursorState;
import io.ashlar.filter.cursor.Opened;
import io.ashlar.filter.cursor.Opened.Reason;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.filter.dsl.Literal;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Seals and opens cursors. Thread-safe. */
@Singleton
public final class Cursors {

    private static final Logger LOG = Logger.getLogger(Cursors.class);

    private final CursorCodec codec;
    private final CursorConfig config;
    private final Clock clock = Clock.systemUTC();

    Cursors(CursorConfig config) {
        this.codec = new CursorCodec(CursorKeys.parse(config.keys()), clock);
        this.config = config;
    }

    /** A cursor for the page after the row at {@code position}, never older than {@code token}. */
    public String seal(CursorBinding binding, List<@Nullable Literal> position, @Nullable String token) {
        Instant expiresAt =
                Instant.ofEpochSecond(clock.instant().plus(config.lifetime()).getEpochSecond());
        return codec.seal(new CursorState(position, token, expiresAt), binding);
    }

    /**
     * Opens the cursor that a client sent.
     *
     * @param pointer where it stood in the request
     * @throws ProblemException {@code cursor_invalid} or {@code cursor_expired}
     */
    public CursorState open(CursorBinding binding, String cursor, String pointer) {
        return switch (codec.open(cursor, binding)) {
            case Opened.Ok(CursorState state) -> state;
            case Opened.Invalid(Reason reason) -> {
                LOG.infof("event=cursor_refused reason=%s", reason);
                throw refused(reason, pointer);
            }
        };
    }

    private static ProblemException refused(Reason reason, String pointer) {
        return switch (reason) {
            case EXPIRED ->
                problem(FilterError.CURSOR_EXPIRED, "The cursor is too old; begin again with the first page.", pointer);
            case MALFORMED, UNKNOWN_KEY, NOT_AUTHENTIC ->
                problem(
                        FilterError.CURSOR_INVALID,
                        "A cursor is good for the same dataset and the same filters, sort, fields and tz only,"
                                + " and until the dataset is declared anew.",
                        pointer);
        };
    }

    private static ProblemException problem(FilterError error, String detail, String pointer) {
        return new ProblemException(error, detail, List.of(new Fault(error.code(), pointer, error.title() + ".")));
    }
}
