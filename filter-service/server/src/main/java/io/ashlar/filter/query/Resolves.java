package io.ashlar.filter.query;

import io.ashlar.authz.problem.ProblemException;
import io.ashlar.filter.FilterError;
import io.ashlar.filter.body.Envelope;
import io.ashlar.filter.client.Resolved;
import io.ashlar.filter.client.Resolved.ResolvedField;
import io.ashlar.filter.cursor.CursorState;
import io.ashlar.filter.dsl.Dataset;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.filter.dsl.FaultCode;
import io.ashlar.filter.dsl.Field;
import io.ashlar.filter.dsl.Literal;
import io.ashlar.filter.paging.Cursors;
import io.ashlar.filter.peer.SealedCalls;
import io.ashlar.filter.seal.SealWriter.Sealed;
import io.ashlar.filter.seal.SealedQuery.Operation;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Hands sealed queries to services that run them themselves. Thread-safe. */
@Singleton
final class Resolves {

    private final SealedCalls seals;
    private final Cursors cursors;

    Resolves(SealedCalls seals, Cursors cursors) {
        this.seals = seals;
        this.cursors = cursors;
    }

    Resolved resolve(Resolution resolution, Operation op) {
        if (resolution.selection().onlyMasked()) {
            // A page shows masked fields as null; a file without a single column is nobody's wish.
            throw new ProblemException(
                    FilterError.INVALID_FILTER,
                    "The query has 1 faults.",
                    List.of(new Fault(
                            FaultCode.UNKNOWN_FIELD,
                            Envelope.QUERY_POINTER + "/fields",
                            "No field of the dataset is left to be read.")));
        }
        Sealed sealed = seals.seal(resolution.toSeal(op, position(resolution, op)));
        return new Resolved(
                sealed.text(),
                sealed.expiresAt(),
                resolution.client().hash(),
                resolution.dataset().version(),
                resolution.access().policyVersion(),
                resolution.selection().checked().fields().stream()
                        .map(name -> field(resolution.dataset(), name))
                        .toList(),
                resolution.selection().masked());
    }

    private @Nullable List<@Nullable Literal> position(Resolution resolution, Operation op) {
        String cursor = resolution.selection().checked().cursor();
        if (cursor == null) {
            return null;
        }
        String pointer = Envelope.QUERY_POINTER + Pages.CURSOR_POINTER;
        if (op != Operation.PAGE) {
            throw new ProblemException(
                    FilterError.CURSOR_INVALID,
                    "A " + op.wire() + " has no pages.",
                    List.of(new Fault(FilterError.CURSOR_INVALID.code(), pointer, "Only a page takes a cursor.")));
        }
        CursorState state = cursors.open(resolution.cursorBinding(), cursor, pointer);
        return state.position();
    }

    private static ResolvedField field(Dataset dataset, String name) {
        Field field = Objects.requireNonNull(dataset.field(name), name);
        return new ResolvedField(name, field.type().wire());
    }
}
