package io.ashlar.ingest.load;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * One buffer, one transaction: recognise repeated chunks, copy the rows, project them, keep the dead letters, move the fence,
 * commit. Nothing of it is seen before the commit, and the commit happens only if the fence moved for every partition.
 *
 * <p>A record the store refuses is found by bisection under savepoints. The plain way is tried first, since that is the one
 * that nearly always succeeds.
 */
final class StoreTransaction {

    /** The fence did not move: nothing was written. */
    static final class FencedException extends Exception {
        private static final long serialVersionUID = 1L;

        FencedException() {
            super("the fence did not move for every partition");
        }
    }

    /**
     * What a commit wrote.
     *
     * @param records stored
     * @param rows stored
     * @param dead records
     * @param repeated chunks that were stored before
     */
    record Written(int records, int rows, int dead, int repeated) {}

    private final AttributeCatalog catalog;
    private final LeafCopy copy;
    private final ChunkLedger ledger = new ChunkLedger();
    private final DeadLetterWriter deadLetters = new DeadLetterWriter();

    StoreTransaction(AttributeCatalog catalog) {
        this.catalog = catalog;
        this.copy = new LeafCopy();
    }

    /**
     * Stores all chunks of the buffer whose hold is still held. Once it returns, it is committed and the holds are moved on.
     *
     * @throws FencedException if this writer lost the right to write
     * @throws SQLException if nothing was written, or the outcome of the commit is not known
     */
    Written store(Connection connection, RowBuffer buffer) throws SQLException, FencedException {
        try {
            return attempt(connection, buffer, false);
        } catch (SQLException refused) {
            if (!PoisonStates.isPoison(refused)) {
                throw refused;
            }
            return attempt(connection, buffer, true);
        }
    }

    private Written attempt(Connection connection, RowBuffer buffer, boolean bisecting)
            throws SQLException, FencedException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            // Tokens promise what is stored: a commit that a crash can forget would make them lie.
            statement.execute("SET LOCAL synchronous_commit = on");
            List<ChunkSpan> live = live(buffer);
            List<DeadRecord> dead = new ArrayList<>();
            int repeated = ledger.claim(connection, live, dead);
            int[] telemetry = telemetryOf(live);
            int found = dead.size();
            if (bisecting) {
                bisect(connection, buffer, telemetry, dead);
            } else {
                write(connection, buffer, telemetry);
            }
            ledger.correct(connection, dead.subList(found, dead.size()));
            deadLetters.insert(connection, dead);
            Map<PartitionHold, Long> upto = new LinkedHashMap<>();
            live.forEach(span -> upto.merge(span.hold, span.offset + 1, Math::max));
            if (!Fence.advance(connection, upto)) {
                throw new FencedException();
            }
            connection.commit();
            upto.forEach(PartitionHold::moveTo);
            int refused = dead.size() - found;
            return new Written(telemetry.length - refused, rowsOf(buffer, telemetry), deadRecords(dead), repeated);
        } catch (SQLException | FencedException | RuntimeException failed) {
            rollback(connection, failed);
            throw failed;
        }
    }

    private void write(Connection connection, RowBuffer buffer, int[] telemetry) throws SQLException {
        copy.copy(connection, buffer, telemetry);
        HotFold fold = new HotFold(buffer, catalog);
        for (int one : telemetry) {
            fold.add(one);
        }
        fold.write(connection);
    }

    private void bisect(Connection connection, RowBuffer buffer, int[] telemetry, List<DeadRecord> dead)
            throws SQLException {
        if (telemetry.length == 0) {
            return;
        }
        Savepoint before = connection.setSavepoint();
        try {
            write(connection, buffer, telemetry);
            connection.releaseSavepoint(before);
        } catch (SQLException refused) {
            connection.rollback(before);
            if (!PoisonStates.isPoison(refused)) {
                throw refused;
            }
            if (telemetry.length == 1) {
                dead.add(PoisonStates.deadRecord(buffer, telemetry[0], refused));
                return;
            }
            int middle = telemetry.length / 2;
            bisect(connection, buffer, Arrays.copyOf(telemetry, middle), dead);
            bisect(connection, buffer, Arrays.copyOfRange(telemetry, middle, telemetry.length), dead);
        }
    }

    private static List<ChunkSpan> live(RowBuffer buffer) {
        List<ChunkSpan> live = new ArrayList<>();
        for (ChunkSpan span : buffer.chunks()) {
            span.unskip();
            // What the store has already was fetched twice; the fence would refuse the batch for it.
            if (span.hold.held() && span.offset >= span.hold.nextOffset()) {
                live.add(span);
            }
        }
        return live;
    }

    private static int[] telemetryOf(List<ChunkSpan> live) {
        return live.stream()
                .filter(span -> !span.skipped())
                .flatMapToInt(span -> IntStream.range(span.firstRecord, span.endRecord()))
                .toArray();
    }

    private static int rowsOf(RowBuffer buffer, int[] telemetry) {
        int rows = 0;
        for (int one : telemetry) {
            rows += buffer.firstRow[one + 1] - buffer.firstRow[one];
        }
        return rows;
    }

    private static int deadRecords(List<DeadRecord> dead) {
        return dead.stream().mapToInt(DeadRecord::records).sum();
    }

    private static void rollback(Connection connection, Exception failed) {
        try {
            connection.rollback();
        } catch (SQLException alsoBroken) {
            failed.addSuppressed(alsoBroken);
        }
    }
}
