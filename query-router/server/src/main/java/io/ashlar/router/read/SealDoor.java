package io.ashlar.router.read;

import io.ashlar.authz.problem.ProblemException;
import io.ashlar.filter.seal.Opened;
import io.ashlar.filter.seal.SealKeys;
import io.ashlar.filter.seal.SealReader;
import io.ashlar.filter.seal.SealedQuery;
import io.ashlar.router.RouterError;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Lets sealed queries in, and nothing else. Thread-safe. */
@Singleton
public final class SealDoor {

    private final SealReader reader;

    SealDoor(SealConfig config) {
        this.reader = new SealReader(SealKeys.parse(config.keys()), Clock.systemUTC());
    }

    /**
     * The query, if the seal is genuine, alive and for {@code op}.
     *
     * @throws ProblemException if not
     */
    public SealedQuery open(@Nullable SealedBody body, SealedQuery.Operation op) {
        return switch (reader.open(body == null ? null : body.sealed())) {
            case Opened.Refused(Opened.Reason reason) -> throw new ProblemException(error(reason), reason.detail());
            case Opened.Ok ok -> checked(ok.query(), op);
        };
    }

    private static SealedQuery checked(SealedQuery query, SealedQuery.Operation op) {
        if (query.op() != op) {
            throw new ProblemException(
                    RouterError.OPERATION_MISMATCH,
                    "The query was sealed for " + query.op().wire() + ", not for " + op.wire() + ".");
        }
        if (query.asOf() != null) {
            throw new ProblemException(
                    RouterError.QUERY_FAILED, "The dataset cannot be read below a bound of offsets.");
        }
        return query;
    }

    private static RouterError error(Opened.Reason reason) {
        return Arrays.stream(RouterError.values())
                .filter(error -> error.code().equals(reason.code()))
                .findFirst()
                .orElse(RouterError.SEAL_INVALID);
    }
}
