package io.ashlar.ingest.load;

import io.ashlar.ingest.IngestError;
import java.sql.SQLException;
import java.util.Set;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Which errors of the store blame the data. Only these are answered by bisection; everything else (connections, locks, missing
 * leaves, a full disk) is the store's trouble, and giving up good records for it would lose them.
 */
final class PoisonStates {

    /** Data exception, integrity constraint violation, program limit exceeded (PostgreSQL, appendix A). */
    private static final Set<String> CLASSES = Set.of("22", "23", "54");

    /** No partition for the row, which is told as a check violation: the keeper is behind, the data is good. */
    private static final String CHECK_VIOLATION = "23514";

    private PoisonStates() {}

    static boolean isPoison(SQLException failed) {
        String state = failed.getSQLState();
        if (state == null || state.length() != 5 || !CLASSES.contains(state.substring(0, 2))) {
            return false;
        }
        return !state.equals(CHECK_VIOLATION) || !constraint(failed).isEmpty();
    }

    static DeadRecord deadRecord(RowBuffer buffer, int telemetry, SQLException refused) {
        String constraint = constraint(refused);
        String detail =
                "SQLSTATE " + refused.getSQLState() + (constraint.isEmpty() ? "" : ", constraint " + constraint);
        return new DeadRecord(buffer.chunkOf(telemetry), buffer.index[telemetry], 1, IngestError.STORE_REFUSED, detail);
    }

    private static String constraint(SQLException failed) {
        ServerErrorMessage message = failed instanceof PSQLException server ? server.getServerErrorMessage() : null;
        String name = message == null ? null : message.getConstraint();
        return name == null ? "" : name;
    }
}
