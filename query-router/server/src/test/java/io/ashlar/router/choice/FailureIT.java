package io.ashlar.router.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ashlar.authz.call.CallFailedException;
import io.ashlar.authz.call.Consistency;
import io.ashlar.local.Stack.Server;
import io.ashlar.router.client.PageAnswer;
import io.ashlar.router.token.ConsistencyToken;
import io.ashlar.router.trial.Trial;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Servers die, freeze and come back; reads go on where they honestly can. */
@QuarkusTest
class FailureIT {

    @TestHTTPResource
    URI router;

    private Trial trial;
    private String seal;

    @BeforeEach
    void signIn() {
        Trial.stack().start(Server.DATA_PRIMARY);
        trial = Trial.on(router);
        ClusterTrial.awaitWhole(trial);
        Trial.write(Trial.TENANT_A, Trial.nextId(), "failure");
        seal = trial.seal(trial.byId(Trial.TENANT_A, 1));
    }

    @AfterEach
    void heal() {
        Trial.stack().resume(Server.DATA_REPLICA_2);
        Trial.stack().start(Server.DATA_PRIMARY);
        Trial.stack().start(Server.DATA_REPLICA_1);
        ClusterTrial.awaitWhole(trial);
    }

    @Test
    void readsGoOnWhenAReplicaIsKilled() {
        Set<String> sources = new HashSet<>();
        for (int i = 0; i < 300; i++) {
            if (i == 100) {
                Trial.stack().kill(Server.DATA_REPLICA_1);
                sources.clear();
            }
            sources.add(trial.client().page(seal, Consistency.EVENTUAL).source());
        }
        assertThat(sources).contains("replica-2").doesNotContain("replica-1");
    }

    @Test
    void readsGoOnWhenAReplicaFreezes() {
        Trial.stack().pause(Server.DATA_REPLICA_2);
        for (int i = 0; i < 50; i++) {
            assertThat(trial.client().page(seal, Consistency.EVENTUAL).rows()).isNotNull();
        }
        await().atMost(Duration.ofSeconds(30))
                .until(() ->
                        trial.client().page(seal, Consistency.EVENTUAL).source().equals("replica-1"));
    }

    @Test
    void withoutThePrimaryReadsAreDegradedAndStrongIsRefused() {
        long id = Trial.nextId();
        ConsistencyToken written = Trial.write(Trial.TENANT_A, id, "before");
        PageAnswer before = trial.client().page(trial.seal(trial.byId(Trial.TENANT_A, id)), Trial.session(written));
        assertThat(before.rows()).hasSize(1);
        Trial.stack().kill(Server.DATA_PRIMARY);
        ClusterTrial.awaitPrimary(trial, "none");

        PageAnswer degraded = trial.client().page(seal, Consistency.EVENTUAL);
        assertThat(degraded.consistency()).isEqualTo("degraded");
        assertThat(degraded.source()).startsWith("replica");
        assertThat(degraded.lagMs()).isGreaterThanOrEqualTo(0);
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                        trial.client().page(seal, Consistency.EVENTUAL).lagMs())
                .isGreaterThan(1_000));
        refused("store_unavailable", Trial.strong());
        refused("consistency_pending", Trial.within(Duration.ofMillis(1)));
    }

    private void refused(String code, Consistency consistency) {
        assertThatThrownBy(() -> trial.client().page(seal, consistency))
                .isInstanceOfSatisfying(CallFailedException.class, failure -> {
                    assertThat(failure.problem().code()).isEqualTo(code);
                    assertThat(failure.retryAfterSeconds()).hasValue(1);
                });
    }
}
