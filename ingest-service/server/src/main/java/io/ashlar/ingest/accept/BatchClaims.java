package io.ashlar.ingest.accept;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.agroal.api.AgroalDataSource;
import io.ashlar.authz.call.WireJson;
import io.ashlar.guard.tenant.TenantConnection;
import io.ashlar.ingest.client.BatchAnswer;
import io.ashlar.ingest.client.BatchAnswer.Rejected;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * The table of batches: the claim of a key before anything is sent, and the answer after all of it is on the log. Leases run by
 * the database's clock. A claim whose holder died can be taken when its lease has run out; should the holder live after all,
 * the chunks are there twice and the loader passes the second ones over.
 */
@ApplicationScoped
class BatchClaims {

    private static final String INSERT = """
            INSERT INTO ingest.batches
                (tenant_id, producer, batch_key, request_hash, state, lease_until, accepted, rejected)
            VALUES (?, ?, ?, ?, 'producing', clock_timestamp() + ? * interval '1 millisecond', ?, ?::jsonb)
            ON CONFLICT (tenant_id, producer, batch_key) DO NOTHING
            """;

    private static final String FIND = """
            SELECT request_hash, state, attempt, accepted, rejected, receipt, token,
                   ceil(extract(epoch FROM lease_until - clock_timestamp()))::bigint AS lease_seconds
            FROM ingest.batches
            WHERE tenant_id = ? AND producer = ? AND batch_key = ?
            FOR UPDATE
            """;

    private static final String TAKE = """
            UPDATE ingest.batches
            SET attempt = attempt + 1, lease_until = clock_timestamp() + ? * interval '1 millisecond'
            WHERE tenant_id = ? AND producer = ? AND batch_key = ?
            """;

    private static final String ANSWER = """
            UPDATE ingest.batches
            SET state = 'accepted', receipt = ?, token = ?
            WHERE tenant_id = ? AND producer = ? AND batch_key = ? AND state = 'producing' AND attempt = ?
            """;

    private static final String RELEASE = """
            UPDATE ingest.batches
            SET lease_until = clock_timestamp()
            WHERE tenant_id = ? AND producer = ? AND batch_key = ? AND state = 'producing' AND attempt = ?
            """;

    private static final TypeReference<List<Rejected>> REJECTED = new TypeReference<>() {};
    private static final JsonMapper JSON = WireJson.mapper();

    private final AgroalDataSource api;
    private final TenantConnection tenants;
    private final AcceptConfig config;

    BatchClaims(@DataSource("api") AgroalDataSource api, TenantConnection tenants, AcceptConfig config) {
        this.api = api;
        this.tenants = tenants;
        this.config = config;
    }

    /** Claims the key for this body, or finds what became of it. */
    Claim claim(BatchIdentity batch, String requestHash, ReadBatch read) {
        return tenants.call(api, batch.tenant(), connection -> {
            if (insert(connection, batch, requestHash, read)) {
                return new Claim.Ours(1, read.rejected());
            }
            return found(connection, batch, requestHash);
        });
    }

    /** Keeps the answer; false if the claim was taken over meanwhile. */
    boolean answer(BatchIdentity batch, int attempt, BatchAnswer answer) {
        return tenants.call(api, batch.tenant(), connection -> {
            try (PreparedStatement statement = connection.prepareStatement(ANSWER)) {
                statement.setString(1, answer.receipt());
                statement.setString(2, answer.token());
                identity(statement, 3, batch);
                statement.setInt(6, attempt);
                return statement.executeUpdate() == 1;
            }
        });
    }

    /** Lets the next request take the claim at once. */
    void release(BatchIdentity batch, int attempt) {
        tenants.call(api, batch.tenant(), connection -> {
            try (PreparedStatement statement = connection.prepareStatement(RELEASE)) {
                identity(statement, 1, batch);
                statement.setInt(4, attempt);
                return statement.executeUpdate();
            }
        });
    }

    private boolean insert(Connection connection, BatchIdentity batch, String requestHash, ReadBatch read)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            identity(statement, 1, batch);
            statement.setString(4, requestHash);
            statement.setLong(5, config.lease().toMillis());
            statement.setInt(6, read.valid().size());
            statement.setString(7, JSON.writeValueAsString(read.rejected()));
            return statement.executeUpdate() == 1;
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("faults are always JSON", impossible);
        }
    }

    private Claim found(Connection connection, BatchIdentity batch, String requestHash) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            identity(statement, 1, batch);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    // Forgotten between the two statements: the client comes again.
                    return new Claim.Running(1);
                }
                if (!row.getString("request_hash").equals(requestHash)) {
                    return new Claim.Reused();
                }
                List<Rejected> rejected = rejected(row.getString("rejected"));
                if (row.getString("state").equals("accepted")) {
                    return new Claim.Answered(new BatchAnswer(
                            batch.key(),
                            row.getInt("accepted"),
                            rejected,
                            row.getString("receipt"),
                            row.getString("token")));
                }
                long left = row.getLong("lease_seconds");
                if (left > 0) {
                    return new Claim.Running(left);
                }
                int attempt = row.getInt("attempt") + 1;
                take(connection, batch);
                return new Claim.Ours(attempt, rejected);
            }
        }
    }

    private void take(Connection connection, BatchIdentity batch) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
            statement.setLong(1, config.lease().toMillis());
            identity(statement, 2, batch);
            statement.executeUpdate();
        }
    }

    private static List<Rejected> rejected(String json) {
        try {
            return Optional.ofNullable(JSON.readValue(json, REJECTED)).orElse(List.of());
        } catch (JsonProcessingException notOurs) {
            throw new IllegalStateException("ingest.batches.rejected is not what was written", notOurs);
        }
    }

    private static void identity(PreparedStatement statement, int from, BatchIdentity batch) throws SQLException {
        statement.setObject(from, batch.tenant());
        statement.setString(from + 1, batch.producer());
        statement.setString(from + 2, batch.key());
    }
}
