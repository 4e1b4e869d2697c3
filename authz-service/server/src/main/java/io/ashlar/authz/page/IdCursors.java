package io.ashlar.authz.page;

import io.ashlar.authz.AuthzError;
import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.filter.cursor.CursorBinding;
import io.ashlar.filter.cursor.CursorCodec;
import io.ashlar.filter.cursor.CursorKeys;
import io.ashlar.filter.cursor.CursorState;
import io.ashlar.filter.cursor.Opened;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.filter.dsl.Literal;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Pages over ids: the cursor holds the last id. Thread-safe. */
@ApplicationScoped
public class IdCursors {

    private static final Logger LOG = Logger.getLogger(IdCursors.class);
    static final int LIMIT_DEFAULT = 50;
    static final int LIMIT_MAX = 500;

    private static final String NO_QUESTION = "";
    private static final int KEY_BYTES = 32;

    private final CursorCodec codec;
    private final Duration life;

    IdCursors(PageConfig config) {
        this.codec = new CursorCodec(CursorKeys.parse(config.keys().orElseGet(IdCursors::randomKey)));
        this.life = config.life();
    }

    /**
     * What the database is asked for.
     *
     * @param after the id before the first one wanted; empty for the first page
     * @param limit how many at most
     */
    public record Slice(String after, int limit) {}

    /** Checks what a client asked for. */
    public Slice slice(UUID tenant, String list, @Nullable Integer limit, @Nullable String cursor) {
        int wanted = limit == null ? LIMIT_DEFAULT : limit;
        if (wanted < 1 || wanted > LIMIT_MAX) {
            throw new ProblemException(
                    DoorError.INVALID_REQUEST,
                    "the query is not valid",
                    List.of(new Fault("out_of_range", "/limit", "expected 1 to " + LIMIT_MAX)));
        }
        if (cursor == null) {
            return new Slice("", wanted);
        }
        List<@Nullable Literal> position = open(tenant, list, NO_QUESTION, cursor);
        if (position.size() == 1 && position.getFirst() instanceof Literal.Text(String after)) {
            return new Slice(after, wanted);
        }
        throw invalid();
    }

    /** A page of what was read with a limit of one more than wanted. */
    public <T> IdPage<T> page(UUID tenant, String list, Slice slice, List<T> read, Function<T, String> id) {
        if (read.size() <= slice.limit()) {
            return new IdPage<>(read, null);
        }
        List<T> items = read.subList(0, slice.limit());
        Literal last = Literal.of(id.apply(items.getLast()));
        return new IdPage<>(items, seal(tenant, list, NO_QUESTION, List.of(last)));
    }

    /** A cursor that holds a position in what a question asks for. */
    String seal(UUID tenant, String list, String question, List<Literal> position) {
        Instant end = Instant.now().plus(life).truncatedTo(ChronoUnit.SECONDS);
        return codec.seal(new CursorState(position, null, end), binding(tenant, list, question));
    }

    /** The position in a cursor; it opens for the same question only. */
    List<@Nullable Literal> open(UUID tenant, String list, String question, String cursor) {
        if (codec.open(cursor, binding(tenant, list, question)) instanceof Opened.Ok(CursorState state)) {
            return state.position();
        }
        throw invalid();
    }

    static ProblemException invalid() {
        return new ProblemException(AuthzError.CURSOR_INVALID, "the cursor is not of this list, or has expired");
    }

    private static CursorBinding binding(UUID tenant, String list, String question) {
        return new CursorBinding(tenant, "authz." + list, 1, question);
    }

    private static String randomKey() {
        LOG.warn(
                "event=cursor_key_random reason=\"ashlar.authz.cursor.keys is not set; cursors end with this process\"");
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return "random:" + Base64.getEncoder().encodeToString(key);
    }
}
