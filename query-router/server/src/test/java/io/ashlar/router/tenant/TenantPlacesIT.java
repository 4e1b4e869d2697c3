package io.ashlar.router.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ashlar.authz.call.CallFailedException;
import io.ashlar.filter.dsl.Dataset;
import io.ashlar.filter.dsl.Filter;
import io.ashlar.filter.dsl.Literal;
import io.ashlar.filter.dsl.Op;
import io.ashlar.filter.dsl.Operand;
import io.ashlar.filter.seal.SealedQuery;
import io.ashlar.filter.seal.SealedQuery.Operation;
import io.ashlar.local.Stack.Server;
import io.ashlar.router.choice.ClusterTrial;
import io.ashlar.router.client.RowStream;
import io.ashlar.router.trial.Trial;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Of 16 connections for people a tenant has 12 places, of 4 for jobs 3. A read of the slow rows takes its whole time limit. */
@QuarkusTest
class TenantPlacesIT {

    private static final UUID GREEDY = new UUID(0x9EED, 1);
    private static final UUID MODEST = new UUID(0x9EED, 2);
    private static final int API_PLACES = 12;
    private static final int JOB_PLACES = 3;
    private static final int ROWS = 40_000;
    private static final String FILL = """
            INSERT INTO app.parcels (tenant_id, id, label)
            SELECT ?, n, 'row ' || n || repeat('x', 600) FROM generate_series(1, ?) AS n
            ON CONFLICT DO NOTHING""";

    @TestHTTPResource
    URI router;

    @Inject
    MeterRegistry meters;

    private Trial trial;

    @BeforeEach
    void fill() throws SQLException {
        trial = Trial.on(router);
        ClusterTrial.awaitWhole(trial);
        fill(GREEDY, ROWS);
        fill(MODEST, 10);
    }

    @AfterEach
    void nobodyIsLeftBehind() {
        awaitTaken("api", 0);
        awaitTaken("job", 0);
        assertThat(meters.get("ashlar.router.tenants.reading")
                        .tag("pool", "api")
                        .gauge()
                        .value())
                .isZero();
    }

    /** Streams hold their places until they end; the slow reader's buffers cannot hold the rest. */
    @Test
    void streamsHoldTheirPlaces() throws IOException {
        List<RowStream> held = new ArrayList<>();
        try {
            for (int i = 0; i < JOB_PLACES; i++) {
                held.add(stream(GREEDY));
            }
            assertThatThrownBy(() -> stream(GREEDY)).isInstanceOfSatisfying(CallFailedException.class, refused -> {
                assertThat(refused.status()).isEqualTo(429);
                assertThat(refused.problem().code()).isEqualTo("tenant_busy");
                assertThat(refused.retryAfterSeconds()).hasValue(1);
            });
            try (RowStream other = stream(MODEST)) {
                assertThat(other.next()).isNotNull();
            }
            // For people there is room all the same.
            assertThat(page(GREEDY)).isEqualTo(1);
            // The reader leaves in the middle.
            held.removeFirst().close();
            held.add(stream(GREEDY));
        } finally {
            for (RowStream stream : held) {
                stream.close();
            }
        }
    }

    @Test
    void aGreedyTenantLeavesRoomForAModestOne() throws InterruptedException, ExecutionException {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> slow = new ArrayList<>();
            for (int i = 0; i < API_PLACES; i++) {
                slow.add(callers.submit(() -> codeOf(() -> trial.client().count(slow(GREEDY), Trial.strong()))));
            }
            awaitTaken("api", API_PLACES);
            // All three servers' pools are this pod's, but the reads are all for the primary.
            assertThat(page(MODEST)).isEqualTo(1);
            for (Future<String> one : slow) {
                assertThat(one.get()).isEqualTo("statement_timeout");
            }
        }
    }

    /** More than there are places: each must have been given back. */
    @Test
    void placesOutliveRefusals() {
        Dataset parcels = Trial.parcels();
        Dataset nothing =
                new Dataset("nothing", 1, "app.nothing", "tenant_id", parcels.key(), "Parcel", null, parcels.fields());
        SealedQuery count = Trial.query(GREEDY, Operation.COUNT, nothing, new Filter.All(), 0, List.of());
        SealedQuery stream = Trial.query(GREEDY, Operation.STREAM, nothing, new Filter.All(), 0, List.of("id"));
        for (int i = 0; i < 2 * API_PLACES; i++) {
            assertThat(codeOf(() -> trial.client().count(trial.seal(count), Trial.strong())))
                    .isEqualTo("relation_unknown");
            assertThat(codeOf(() -> stream(trial.seal(stream)).close())).isEqualTo("relation_unknown");
        }
    }

    /** Nobody reads the answer, but the place comes back when the statement's time is over. */
    @Test
    void aClientThatLeavesGivesItsPlaceBack() {
        HttpRequest request = HttpRequest.newBuilder(router.resolve("/api/v1/count"))
                .header("Authorization", "Bearer " + trial.bearer())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"sealed\":\"" + slow(GREEDY) + "\"}"))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            Future<HttpResponse<Void>> call = http.sendAsync(request, HttpResponse.BodyHandlers.discarding());
            awaitTaken("api", 1);
            assertThat(call.cancel(true)).isTrue();
            http.shutdownNow();
        }
    }

    private void awaitTaken(String pool, int count) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> meters.get("ashlar.router.tenant.places.taken")
                                .tag("pool", pool)
                                .gauge()
                                .value()
                        == count);
    }

    private String slow(UUID tenant) {
        // Counted by what takes time, or it would not be looked at.
        return trial.seal(Trial.query(
                tenant,
                Operation.COUNT,
                Trial.slowParcels(),
                new Filter.Condition("slept", Op.EQ, new Operand.One(Literal.of(true)), false),
                0,
                List.of()));
    }

    private int page(UUID tenant) {
        return trial.client()
                .page(trial.seal(trial.byId(tenant, 1)), Trial.strong())
                .rows()
                .size();
    }

    private RowStream stream(UUID tenant) throws IOException {
        RowStream stream = stream(trial.seal(
                Trial.query(tenant, Operation.STREAM, Trial.parcels(), new Filter.All(), 0, List.of("id", "label"))));
        assertThat(stream.next()).isNotNull();
        return stream;
    }

    private RowStream stream(String seal) throws IOException {
        return trial.client().stream(seal, Trial.strong());
    }

    private static String codeOf(ThrowingCallable call) {
        try {
            call.call();
            return "answered";
        } catch (CallFailedException refused) {
            return refused.problem() == null ? "no problem" : refused.problem().code();
        } catch (Throwable other) {
            throw new AssertionError(other);
        }
    }

    private static void fill(UUID tenant, int rows) throws SQLException {
        try (Connection owner = Trial.connect(Server.DATA_PRIMARY, "ashlar_app_owner")) {
            owner.setAutoCommit(false);
            try (PreparedStatement set = owner.prepareStatement("SELECT set_config('ashlar.tenant', ?, TRUE)");
                    PreparedStatement insert = owner.prepareStatement(FILL)) {
                set.setString(1, tenant.toString());
                set.execute();
                insert.setObject(1, tenant);
                insert.setInt(2, rows);
                insert.executeUpdate();
            }
            owner.commit();
        }
    }
}
