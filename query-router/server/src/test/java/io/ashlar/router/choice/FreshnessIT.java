package io.ashlar.router.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ashlar.authz.call.CallFailedException;
import io.ashlar.authz.call.Consistency;
import io.ashlar.filter.seal.SealedQuery.Operation;
import io.ashlar.local.Stack.Server;
import io.ashlar.router.client.PageAnswer;
import io.ashlar.router.token.ConsistencyToken;
import io.ashlar.router.trial.Trial;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Never silently stale: on real replicas, with replay held back. */
@QuarkusTest
class FreshnessIT {

    private static final int READS = 500;

    @TestHTTPResource
    URI router;

    private Trial trial;

    @BeforeEach
    void signIn() {
        trial = Trial.on(router);
        ClusterTrial.awaitWhole(trial);
    }

    @AfterEach
    void replay() {
        Trial.stack().resumeReplay(Server.DATA_REPLICA_1);
        Trial.stack().resumeReplay(Server.DATA_REPLICA_2);
    }

    @Test
    void nobodyEverMissesHisOwnWrite() throws SQLException {
        Map<String, Integer> sources = new HashMap<>();
        try (Connection owner = Trial.connect(Server.DATA_PRIMARY, "ashlar_app_owner")) {
            for (int i = 0; i < READS; i++) {
                long id = Trial.nextId();
                ConsistencyToken token = Trial.write(owner, Trial.TENANT_A, id, "own");
                PageAnswer page = trial.client().page(trial.seal(trial.byId(Trial.TENANT_A, id)), Trial.session(token));
                assertThat(page.rows()).as("read %d from %s", i, page.source()).hasSize(1);
                sources.merge(page.source(), 1, Integer::sum);
            }
        }
        assertThat(sources.getOrDefault("replica-1", 0) + sources.getOrDefault("replica-2", 0))
                .as("reads by source: %s", sources)
                .isGreaterThan(READS / 4);
    }

    @Test
    void aReadCarriesOnFromARead() {
        long id = Trial.nextId();
        Trial.write(Trial.TENANT_A, id, "on");
        PageAnswer strong = trial.client().page(trial.seal(trial.byId(Trial.TENANT_A, id)), Trial.strong());
        Consistency next = new Consistency(Consistency.Level.SESSION, null, strong.token());

        assertThat(trial.client()
                        .page(trial.seal(trial.byId(Trial.TENANT_A, id)), next)
                        .rows())
                .hasSize(1);
    }

    @Test
    void replicasThatStandStillAreLeftForThePrimary() {
        pauseReplay();
        long id = Trial.nextId();
        ConsistencyToken token = Trial.write(Trial.TENANT_A, id, "still");

        PageAnswer page = trial.client().page(trial.seal(trial.byId(Trial.TENANT_A, id)), Trial.session(token));

        assertThat(page.rows()).hasSize(1);
        assertThat(page.source()).isEqualTo("primary");
        assertThat(page.reason()).isEqualTo("fallback");
    }

    @Test
    void aReplicaThatCatchesUpInTimeServes() throws InterruptedException, ExecutionException {
        Trial.stack().pauseReplay(Server.DATA_REPLICA_2);
        // How soon replica-1 catches up is the machine's; that it is waited for, and replica-2 never asked, is ours.
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            long id = Trial.nextId();
            ConsistencyToken token = Trial.write(Trial.TENANT_A, id, "up");
            PageAnswer page = trial.client().page(trial.seal(trial.byId(Trial.TENANT_A, id)), Trial.session(token));
            assertThat(page.rows()).hasSize(1);
            assertThat(page.source()).isNotEqualTo("replica-2");
            return page.source().equals("replica-1");
        });
    }

    @Test
    void whenTheShareIsUsedUpReadsArePending() throws InterruptedException, ExecutionException {
        pauseReplay();
        long id = Trial.nextId();
        ConsistencyToken token = Trial.write(Trial.TENANT_A, id, "share");
        String seal = trial.seal(Trial.query(
                Trial.TENANT_A, Operation.PAGE, Trial.slowParcels(), Trial.idIs(id), 10, List.of("id", "slept")));
        List<String> answers = new ArrayList<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> all = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                all.add(callers.submit(() -> once(seal, token)));
            }
            for (Future<String> one : all) {
                answers.add(one.get());
            }
        }
        // 30 % of 16 connections.
        assertThat(answers).contains("fallback", "consistency_pending after 1 s");
        assertThat(answers.stream().filter("fallback"::equals).count()).isGreaterThanOrEqualTo(4L);
        assertThat(answers).allMatch(answer -> answer.equals("fallback") || answer.startsWith("consistency_pending"));
    }

    private String once(String seal, ConsistencyToken token) {
        try {
            PageAnswer page = trial.client().page(seal, Trial.session(token));
            assertThat(page.rows()).hasSize(1);
            return page.reason();
        } catch (CallFailedException e) {
            return e.problem().code() + " after " + e.retryAfterSeconds().orElse(-1) + " s";
        }
    }

    @Test
    void theCallersBoundKeepsLateReplicasOut() {
        pauseReplay();
        ConsistencyToken token = Trial.write(Trial.TENANT_A, Trial.nextId(), "late");
        String seal = trial.seal(trial.byId(Trial.TENANT_A, 1));
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            PageAnswer page = trial.client().page(seal, Trial.within(Duration.ofMillis(500)));
            assertThat(page.source()).isEqualTo("primary");
            assertThat(page.reason()).isEqualTo("fallback");
        });
        PageAnswer late = trial.client().page(seal, Trial.within(Duration.ofHours(1)));
        assertThat(late.reason()).isEqualTo("replica");
        assertThat(late.lagMs()).isGreaterThan(500);
        assertThat(token.positions()).hasSize(1);
    }

    @Test
    void whatIsLoadedLaterIsWaitedFor() throws SQLException, InterruptedException, ExecutionException {
        long first = 5;
        try (Connection owner = Trial.connect(Server.DATA_PRIMARY, "ashlar_ingest_owner");
                Statement statement = owner.createStatement()) {
            statement.execute("""
                    CREATE TABLE IF NOT EXISTS ingest.loaded_offsets (
                        topic smallint, partition integer, next_offset bigint, PRIMARY KEY (topic, partition));
                    GRANT SELECT ON ingest.loaded_offsets TO ashlar_router_api;
                    INSERT INTO ingest.loaded_offsets VALUES (1, 0, 3) ON CONFLICT DO NOTHING""");
        }
        load(first);
        String seal = trial.seal(trial.byId(Trial.TENANT_A, 1));
        assertThat(trial.client()
                        .page(seal, Trial.session(Trial.loaded(Trial.TENANT_A, first)))
                        .consistency())
                .isEqualTo("session");
        assertThat(once(seal, Trial.loaded(Trial.TENANT_A, first + 1))).isEqualTo("consistency_pending after 1 s");
        try (ExecutorService later = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<PageAnswer> waiting = later.submit(
                    () -> trial.client().page(seal, Trial.session(Trial.loaded(Trial.TENANT_A, first + 2))));
            // It is waiting, or about to: in both cases it must see what is loaded within its second.
            load(first + 2);
            assertThat(waiting.get().source()).startsWith("replica");
        }
    }

    private static void load(long next) throws SQLException {
        try (Connection owner = Trial.connect(Server.DATA_PRIMARY, "ashlar_ingest_owner");
                PreparedStatement update =
                        owner.prepareStatement("UPDATE ingest.loaded_offsets SET next_offset = ? WHERE topic = 1")) {
            update.setLong(1, next);
            update.executeUpdate();
        }
    }

    private static void pauseReplay() {
        Trial.stack().pauseReplay(Server.DATA_REPLICA_1);
        Trial.stack().pauseReplay(Server.DATA_REPLICA_2);
    }
}
