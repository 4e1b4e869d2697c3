package io.ashlar.router.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ashlar.authz.call.CallFailedException;
import io.ashlar.filter.dsl.Dataset;
import io.ashlar.filter.dsl.Field;
import io.ashlar.filter.dsl.FieldType;
import io.ashlar.filter.dsl.Source;
import io.ashlar.filter.seal.SealedQuery.Operation;
import io.ashlar.local.Stack.Server;
import io.ashlar.router.choice.ClusterTrial;
import io.ashlar.router.client.RowStream;
import io.ashlar.router.client.TooCostly;
import io.ashlar.router.trial.Trial;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each common row of this relation counts ten thousand times; only the store's statistics tell which is common. */
@QuarkusTest
class CostIT {

    private static final UUID FILLED = new UUID(0xC0, 0x57);

    private static final String TABLE = """
            CREATE TABLE IF NOT EXISTS app.skewed (tenant_id uuid NOT NULL, id bigint NOT NULL, label text);
            ALTER TABLE app.skewed ENABLE ROW LEVEL SECURITY;
            ALTER TABLE app.skewed FORCE ROW LEVEL SECURITY;
            DROP POLICY IF EXISTS tenant ON app.skewed;
            CREATE POLICY tenant ON app.skewed
                USING (tenant_id = (select nullif(current_setting('ashlar.tenant', true), '')::uuid));
            GRANT SELECT ON app.skewed TO ashlar_router_api;
            CREATE OR REPLACE VIEW app.costly WITH (security_invoker = true) AS
                SELECT s.* FROM app.skewed AS s CROSS JOIN generate_series(1, 10000);
            GRANT SELECT ON app.costly TO ashlar_router_api;
            CREATE OR REPLACE FUNCTION app.feared() RETURNS SETOF integer LANGUAGE plpgsql STABLE ROWS 1000000000
                AS 'BEGIN RETURN NEXT 1; END';
            CREATE OR REPLACE VIEW app.overrated WITH (security_invoker = true) AS
                SELECT s.* FROM app.skewed AS s CROSS JOIN app.feared();
            GRANT SELECT ON app.overrated TO ashlar_router_api;
            """;

    private static final String FILL = """
            INSERT INTO app.skewed (tenant_id, id, label)
            SELECT ?::uuid, n, CASE WHEN n = 1 THEN 'rare' ELSE 'common' END FROM generate_series(1, 50000) AS n
            WHERE NOT EXISTS (SELECT FROM app.skewed)""";

    @TestHTTPResource
    URI router;

    @Inject
    MeterRegistry meters;

    private Trial trial;

    @BeforeEach
    void fill() throws SQLException {
        trial = Trial.on(router);
        ClusterTrial.awaitWhole(trial);
        try (Connection owner = Trial.connect(Server.DATA_PRIMARY, "ashlar_app_owner");
                Statement table = owner.createStatement()) {
            table.execute(TABLE);
            owner.setAutoCommit(false);
            try (PreparedStatement set = owner.prepareStatement("SELECT set_config('ashlar.tenant', ?, TRUE)");
                    PreparedStatement insert = owner.prepareStatement(FILL)) {
                set.setString(1, FILLED.toString());
                set.execute();
                insert.setString(1, FILLED.toString());
                insert.executeUpdate();
            }
            owner.commit();
            owner.setAutoCommit(true);
            table.execute("ANALYZE app.skewed");
        }
    }

    @Test
    void aCostlyStatementIsRefusedWithItsNumbers() {
        double before = refusals();
        assertThatThrownBy(() -> count("common")).isInstanceOfSatisfying(CallFailedException.class, refused -> {
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.problem().code()).isEqualTo("query_too_costly");
            TooCostly numbers = TooCostly.of(refused.problem()).orElseThrow();
            assertThat(numbers.ceiling()).isEqualTo(2_000_000);
            assertThat(numbers.estimatedCost()).isGreaterThan(2_000_000);
            assertThat(numbers.estimatedRows()).isEqualTo(1);
        });
        assertThat(refusals()).isEqualTo(before + 1);
    }

    @Test
    void aCheapOneOfTheSameShapeIsExplainedOnce() {
        refused(() -> count("common"));
        double before = explained("cheap");
        assertThat(count("rare")).isEqualTo(10_000);
        assertThat(explained("cheap")).isEqualTo(before + 1);
        assertThat(count("no such label")).isZero();
        assertThat(count("rare")).isEqualTo(10_000);
        assertThat(explained("cheap")).isEqualTo(before + 1);

        // Known as cheap, so this one is run: its time limit ends it, and what was known is forgotten.
        assertThatThrownBy(() -> count("common")).isInstanceOfSatisfying(CallFailedException.class, late -> assertThat(
                        late.problem().code())
                .isEqualTo("statement_timeout"));
        refused(() -> count("common"));
    }

    /** An export reads much because that is what it is for: what the planner fears too much for people, it may. */
    @Test
    void aStreamHasNoCeiling() throws IOException {
        refused(() -> count("overrated", "rare"));
        String seal = trial.seal(
                Trial.query(FILLED, Operation.STREAM, dataset("overrated"), Trial.labelIs("rare"), 0, List.of("id")));
        try (RowStream stream = trial.client().stream(seal, Trial.strong())) {
            assertThat(stream.next()).isNotNull();
            assertThat(stream.next()).isNull();
        }
    }

    private long count(String label) {
        return count("costly", label);
    }

    private long count(String relation, String label) {
        return trial.client()
                .count(
                        trial.seal(Trial.query(
                                FILLED, Operation.COUNT, dataset(relation), Trial.labelIs(label), 0, List.of())),
                        Trial.strong())
                .count();
    }

    private static void refused(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(CallFailedException.class, refused -> assertThat(
                        refused.problem().code())
                .isEqualTo("query_too_costly"));
    }

    private double explained(String verdict) {
        Counter counter = meters.find("ashlar.router.cost.explained")
                .tag("pool", "api")
                .tag("verdict", verdict)
                .counter();
        return counter == null ? 0 : counter.count();
    }

    private double refusals() {
        Counter counter = meters.find("ashlar.router.refusals")
                .tag("code", "query_too_costly")
                .counter();
        return counter == null ? 0 : counter.count();
    }

    private static Dataset dataset(String relation) {
        return new Dataset(
                relation,
                1,
                "app." + relation,
                "tenant_id",
                List.of("id"),
                "Skewed",
                null,
                List.of(
                        new Field("id", FieldType.INT64, new Source.Column("id")).notNull(),
                        new Field("label", FieldType.STRING, new Source.Column("label"))));
    }
}
