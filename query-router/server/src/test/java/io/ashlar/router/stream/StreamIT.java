package io.ashlar.router.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.ashlar.authz.call.Consistency;
import io.ashlar.filter.dsl.Filter;
import io.ashlar.filter.seal.SealedQuery.Operation;
import io.ashlar.local.Stack.Server;
import io.ashlar.router.choice.ClusterTrial;
import io.ashlar.router.client.IncompleteStreamException;
import io.ashlar.router.client.RowStream;
import io.ashlar.router.token.ConsistencyToken;
import io.ashlar.router.token.ParsedToken;
import io.ashlar.router.trial.Trial;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Streams are whole and proven, or refused. */
@QuarkusTest
class StreamIT {

    private static final int ROWS = 60_000;
    private static final UUID TENANT = new UUID(0x57, 0x57);
    private static final String FILL = """
            INSERT INTO app.parcels (tenant_id, id, label, weight)
            SELECT ?, n, 'row ' || n || repeat('x', 600), n / 4.0 FROM generate_series(1, ?) AS n
            ON CONFLICT DO NOTHING""";

    @TestHTTPResource
    URI router;

    @Inject
    MeterRegistry meters;

    private Trial trial;
    private ConsistencyToken filled;

    @BeforeEach
    void fill() throws SQLException {
        trial = Trial.on(router);
        ClusterTrial.awaitWhole(trial);
        try (Connection owner = Trial.connect(Server.DATA_PRIMARY, "ashlar_app_owner")) {
            owner.setAutoCommit(false);
            try (PreparedStatement set = owner.prepareStatement("SELECT set_config('ashlar.tenant', ?, TRUE)");
                    PreparedStatement insert = owner.prepareStatement(FILL)) {
                set.setString(1, TENANT.toString());
                set.execute();
                insert.setObject(1, TENANT);
                insert.setInt(2, ROWS);
                insert.executeUpdate();
            }
            owner.commit();
            owner.setAutoCommit(true);
            filled = ConsistencyToken.at(1, TENANT, Trial.position(owner), Instant.now());
        }
    }

    @Test
    void allRowsArriveInOrder() throws IOException {
        try (RowStream stream = trial.client().stream(seal(new Filter.All()), Trial.session(filled))) {
            assertThat(stream.header().fields())
                    .extracting("name", "type")
                    .containsExactly(tuple("id", "int64"), tuple("label", "string"), tuple("weight", "decimal"));
            long expected = 0;
            for (JsonNode row = stream.next(); row != null; row = stream.next()) {
                expected++;
                assertThat(row.get(0).longValue()).isEqualTo(expected);
            }
            assertThat(expected).isEqualTo(ROWS);
            assertThat(stream.trailer().rows()).isEqualTo(ROWS);
            assertThat(ConsistencyToken.parse(stream.trailer().token())).isInstanceOf(ParsedToken.Ok.class);
        }
        awaitIdle();
    }

    @Test
    void anEmptyStreamIsWhole() throws IOException {
        try (RowStream stream = trial.client().stream(seal(Trial.idIs(-1)), Consistency.EVENTUAL)) {
            assertThat(stream.next()).isNull();
            assertThat(stream.trailer().rows()).isZero();
        }
    }

    /** The server dies under the cursor; the slow reader's buffers cannot hold the rest. */
    @Test
    void aStreamWhoseServerIsCutHasNoGoodTrailer() {
        assertThatThrownBy(() -> {
                    try (RowStream stream = trial.client().stream(seal(new Filter.All()), Trial.strong())) {
                        stream.next();
                        assertThat(terminateStreams()).isPositive();
                        while (stream.next() != null) {
                            assertThat(stream.header().source()).isEqualTo("primary");
                        }
                    }
                })
                .isInstanceOf(IncompleteStreamException.class);
        awaitIdle();
    }

    @Test
    void aReaderThatLeavesFreesTheConnectionAndIsNoFailureOfOurs() throws IOException {
        List<String> said = new CopyOnWriteArrayList<>();
        Handler ear = ear(said);
        Logger all = Logger.getLogger("io.ashlar");
        all.addHandler(ear);
        try {
            RowStream stream = trial.client().stream(seal(new Filter.All()), Trial.strong());
            stream.next();
            stream.close();
            awaitIdle();
            // Whether a write fails or is dropped depends on how far the server had come.
            assertThat(said).noneMatch(line -> line.startsWith("event=unforeseen_failure"));
        } finally {
            all.removeHandler(ear);
        }
    }

    private static Handler ear(List<String> said) {
        return new Handler() {
            @Override
            public void publish(LogRecord line) {
                said.add(line.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }

    private void awaitIdle() {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> meters.get("ashlar.router.streams.running").gauge().value() == 0);
    }

    private static int terminateStreams() throws SQLException {
        try (Connection connection = Trial.connect(Server.DATA_PRIMARY, "postgres");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'ashlar-router-stream'")) {
            int count = 0;
            while (rows.next()) {
                count++;
            }
            return count;
        }
    }

    private String seal(Filter filter) {
        return trial.seal(
                Trial.query(TENANT, Operation.STREAM, Trial.parcels(), filter, 0, List.of("id", "label", "weight")));
    }
}
