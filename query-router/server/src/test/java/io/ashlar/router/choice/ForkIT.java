package io.ashlar.router.choice;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ashlar.authz.call.CallFailedException;
import io.ashlar.authz.call.Consistency;
import io.ashlar.local.Stack.Server;
import io.ashlar.router.trial.Trial;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** Both replicas promoted from one timeline: two primaries, and nobody can say which half is right. */
@QuarkusTest
class ForkIT {

    @TestHTTPResource
    URI router;

    @Test
    void twoPrimariesOnOneTimelineAreRefused() {
        Trial trial = Trial.on(router);
        ClusterTrial.awaitWhole(trial);
        Trial.stack().kill(Server.DATA_PRIMARY);
        Trial.stack().promote(Server.DATA_REPLICA_1);
        Trial.stack().promote(Server.DATA_REPLICA_2);
        ClusterTrial.awaitPrimary(trial, "forked");

        String seal = trial.seal(trial.byId(Trial.TENANT_A, 1));
        for (Consistency consistency : List.of(Trial.strong(), Consistency.EVENTUAL)) {
            assertThatThrownBy(() -> trial.client().page(seal, consistency))
                    .isInstanceOfSatisfying(CallFailedException.class, failure -> Assertions.assertThat(
                                    failure.problem().code())
                            .isEqualTo("store_unavailable"));
        }
    }
}
