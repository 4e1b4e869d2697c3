package io.ashlar.authz.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.ashlar.authz.api.Authz;
import io.ashlar.cedar.EntityUid;
import io.ashlar.local.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A second instance, made of the same parts beside the running one, learns of a revocation. */
@QuarkusTest
@QuarkusTestResource(
        value = StackResource.class,
        initArgs = {
            @ResourceArg(name = "service", value = "authz"),
            @ResourceArg(name = "servers", value = "CONTROL,KAFKA,REDIS,OIDC")
        })
class RevocationIT {

    private static final EntityUid ANA = new EntityUid("User", Authz.ANA);
    private static final EntityUid VIEWER = new EntityUid("Role", "viewer");

    @Inject
    SnapshotLoader loader;

    private static SnapshotConfig config() {
        return new SnapshotConfig() {
            @Override
            public int tenantsMax() {
                return 10;
            }

            @Override
            public Duration lagMax() {
                return Duration.ofSeconds(1);
            }
        };
    }

    @Test
    void isHeardThroughTheTopic() {
        UUID tenant = Authz.tenant();
        Snapshots second = new Snapshots(loader, config());
        Map<String, Object> kafka =
                Map.of("bootstrap.servers", StackResource.stack().endpoints().kafkaBootstrap());
        try (ChangeReader reader = ChangeReader.start(kafka, second)) {
            assertThat(reader).isNotNull();
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(second::fresh);
            assertThat(second.get(tenant).isIn(ANA, VIEWER)).isTrue();
            long loads = second.loads();
            for (int i = 0; i < 100; i++) {
                assertThat(second.get(tenant).isIn(ANA, VIEWER)).isTrue();
            }
            assertThat(second.loads()).as("held, not read again").isLessThanOrEqualTo(loads + 1);
            Authz.user(tenant, Authz.ANA, "{\"roles\":[]}").then().statusCode(200);
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !second.get(tenant)
                    .isIn(ANA, VIEWER));
        }
    }

    @Test
    void isSeenAtOnceWhileTheTopicIsSilent() {
        UUID tenant = Authz.tenant();
        Snapshots deaf = new Snapshots(loader, config());
        assertThat(deaf.get(tenant).isIn(ANA, VIEWER)).isTrue();
        assertThat(deaf.get(tenant).isIn(ANA, VIEWER)).isTrue();
        assertThat(deaf.loads()).as("the counters were compared").isEqualTo(1);
        Authz.user(tenant, Authz.ANA, "{\"roles\":[]}").then().statusCode(200);
        assertThat(deaf.get(tenant).isIn(ANA, VIEWER)).isFalse();
    }
}
