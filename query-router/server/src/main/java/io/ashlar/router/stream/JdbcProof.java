package io.ashlar.router.stream;

import io.ashlar.router.flight.Demand;
import io.ashlar.router.flight.Proof;
import io.ashlar.router.flight.ProofSql;
import io.ashlar.router.token.LogPosition;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The proof over JDBC. */
final class JdbcProof {

    private static final String POSITION = ProofSql.jdbc(ProofSql.proof(false));
    private static final String POSITION_WITH_OFFSETS = ProofSql.jdbc(ProofSql.proof(true));

    private JdbcProof() {}

    static Proof position(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(POSITION)) {
            return read(statement);
        }
    }

    static Proof of(Connection connection, Demand demand) throws SQLException {
        if (demand.offsets().isEmpty()) {
            return position(connection);
        }
        List<Short> topics = new ArrayList<>();
        List<Integer> partitions = new ArrayList<>();
        List<Long> nexts = new ArrayList<>();
        demand.offsets()
                .forEach((topic, offsets) -> offsets.forEach((partition, next) -> {
                    topics.add(topic);
                    partitions.add(partition);
                    nexts.add(next);
                }));
        try (PreparedStatement statement = connection.prepareStatement(POSITION_WITH_OFFSETS)) {
            statement.setArray(1, connection.createArrayOf("int2", topics.toArray()));
            statement.setArray(2, connection.createArrayOf("int4", partitions.toArray()));
            statement.setArray(3, connection.createArrayOf("int8", nexts.toArray()));
            return read(statement);
        }
    }

    private static Proof read(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            row.next();
            String walFile = row.getString(4);
            return new Proof(
                    row.getString(1),
                    row.getBoolean(2),
                    LogPosition.parseLsn(row.getString(3)).orElseThrow(),
                    walFile == null ? null : ProofSql.timelineOf(walFile),
                    row.getBoolean(5));
        }
    }
}
