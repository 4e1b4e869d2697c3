package io.ashlar.router.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ashlar.authz.call.CallFailedException;
import io.ashlar.authz.call.Consistency;
import io.ashlar.local.Stack.Server;
import io.ashlar.router.client.PageAnswer;
import io.ashlar.router.token.ConsistencyToken;
import io.ashlar.router.token.LogPosition;
import io.ashlar.router.trial.Trial;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** What a promotion does cannot be undone: these run in their own JVM, on their own stack, in this order. */
@QuarkusTest
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PromotionIT {

    @TestHTTPResource
    URI router;

    @Test
    @Order(1)
    void tokensOfTheOldTimelineHoldUpToItsEndAndNoFurther() throws SQLException {
        Trial trial = Trial.on(router);
        ClusterTrial.awaitWhole(trial);
        long kept = Trial.nextId();
        ConsistencyToken below = Trial.write(Trial.TENANT_A, kept, "kept");
        trial.client().page(trial.seal(trial.byId(Trial.TENANT_A, kept)), Trial.session(below));
        await().atMost(Duration.ofSeconds(30)).until(() -> everybodyHas(trial, kept));
        Trial.stack().kill(Server.DATA_PRIMARY);
        Trial.stack().promote(Server.DATA_REPLICA_1);
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                        ClusterTrial.topology(trial).get("timeline").intValue())
                .isEqualTo(2));
        ClusterTrial.awaitPrimary(trial, "one");

        PageAnswer page = trial.client().page(trial.seal(trial.byId(Trial.TENANT_A, kept)), Trial.session(below));
        assertThat(page.rows()).hasSize(1);

        String ended = ClusterTrial.topology(trial).get("ended").get("1").textValue();
        long end = LogPosition.parseLsn(ended).orElseThrow();
        assertThat(trial.client()
                        .page(trial.seal(trial.byId(Trial.TENANT_A, kept)), at(end))
                        .rows())
                .hasSize(1);
        assertThatThrownBy(() -> trial.client().page(trial.seal(trial.byId(Trial.TENANT_A, kept)), at(end + 1)))
                .isInstanceOfSatisfying(
                        CallFailedException.class,
                        failure -> assertThat(failure.problem().code()).isEqualTo("consistency_lost"));

        long later = Trial.nextId();
        ConsistencyToken younger = Trial.write(Server.DATA_REPLICA_1, Trial.TENANT_A, later, "later");
        assertThat(younger.positions().getFirst().timeline()).isEqualTo(2);
        assertThat(trial.client()
                        .page(trial.seal(trial.byId(Trial.TENANT_A, later)), Trial.session(younger))
                        .rows())
                .hasSize(1);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(recordedEnd()).isEqualTo(ended));
    }

    @Test
    @Order(2)
    void aReplicaThatFollowsServesAgain() {
        Trial trial = signedIn();
        Trial.stack().follow(Server.DATA_REPLICA_2, Server.DATA_REPLICA_1);
        String seal = trial.seal(trial.byId(Trial.TENANT_A, 1));
        await().atMost(Duration.ofSeconds(30))
                .until(() ->
                        trial.client().page(seal, Consistency.EVENTUAL).source().equals("replica-2"));
    }

    @Test
    @Order(3)
    void theOldPrimaryIsNobodyWhenItComesBack() {
        Trial trial = signedIn();
        Trial.stack().start(Server.DATA_PRIMARY);
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(ClusterTrial.topology(trial)
                        .get("nodes")
                        .get(0)
                        .get("role")
                        .textValue())
                .isEqualTo("primary"));
        String seal = trial.seal(trial.byId(Trial.TENANT_A, 1));
        assertThat(trial.client().page(seal, Trial.strong()).source()).isEqualTo("primary");
        assertThat(ClusterTrial.topology(trial).get("primary").textValue()).isEqualTo("one");
    }

    @Test
    @Order(4)
    void theYoungestTimelineLeads() {
        Trial trial = signedIn();
        Trial.stack().promote(Server.DATA_REPLICA_2);
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                        ClusterTrial.topology(trial).get("timeline").intValue())
                .isEqualTo(3));
        String seal = trial.seal(trial.byId(Trial.TENANT_A, 1));
        assertThat(trial.client().page(seal, Trial.strong()).source()).isEqualTo("primary");
        assertThat(ClusterTrial.topology(trial).get("primary").textValue()).isEqualTo("one");
    }

    private Trial signedIn() {
        return Trial.signIn(router);
    }

    private static Consistency at(long lsn) {
        return Trial.session(ConsistencyToken.at(1, Trial.TENANT_A, new LogPosition(1, lsn), Instant.now()));
    }

    private static boolean everybodyHas(Trial trial, long id) throws SQLException {
        for (Server server : new Server[] {Server.DATA_REPLICA_1, Server.DATA_REPLICA_2}) {
            try (Connection connection = Trial.connect(server, "postgres");
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT max(id) FROM app.parcels")) {
                row.next();
                if (row.getLong(1) < id) {
                    return false;
                }
            }
        }
        return trial.bearer() != null;
    }

    private static String recordedEnd() throws SQLException {
        try (Connection connection = Trial.connect(Server.DATA_REPLICA_1, "ashlar_router_system");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT switch_lsn::text FROM router.timelines WHERE successor = 2 AND timeline = 1")) {
            return row.next() ? row.getString(1) : "";
        }
    }
}
