package io.ashlar.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ashlar.local.Stack.Server;
import io.ashlar.local.postgres.Asking;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EmbeddedStackIT {

    @RegisterExtension
    static final StackExtension STACK = StackExtension.of();

    @org.junit.jupiter.api.BeforeAll
    static void t() {
        System.err.println("READY");
    }

    private static Asking superuser(Server server) {
        Endpoints endpoints = STACK.endpoints();
        return new Asking(
                endpoints.jdbcUrl(server),
                Endpoints.SUPERUSER,
                endpoints.databasePassword(Endpoints.SUPERUSER));
    }

    private static Asking role(Server server, String role) {
        Endpoints endpoints = STACK.endpoints();
        return new Asking(endpoints.jdbcUrl(server), role, endpoints.databasePassword(role));
    }

    @Test
    void both_replicas_replay_what_the_primary_commits() throws SQLException {
        superuser(Server.DATA_PRIMARY).execute("CREATE TABLE IF NOT EXISTS public.replayed (id INT)");
        superuser(Server.DATA_PRIMARY).execute("INSERT INTO public.replayed VALUES (1)");
        for (Server replica : new Server[] {Server.DATA_REPLICA_1, Server.DATA_REPLICA_2}) {
            assertThat(superuser(replica).scalar("SELECT pg_is_in_recovery()")).isEqualTo("t");
            await().atMost(Duration.ofSeconds(10))
                    .ignoreExceptions()
                    .until(() -> !superuser(replica)
                            .scalar("SELECT count(*) FROM public.replayed")
                            .equals("0"));
        }
        assertThat(superuser(Server.DATA_PRIMARY)
                        .scalar("SELECT count(*) FROM pg_replication_slots WHERE active AND slot_type = 'physical'"))
                .isEqualTo("2");
    }

    @Test
    void a_role_signs_in_on_primary_and_replica() throws SQLException {
        assertThat(role(Server.DATA_REPLICA_1, "ashlar_router_api").scalar("SELECT current_user"))
                .isEqualTo("ashlar_router_api");
        assertThat(role(Server.CONTROL, "ashlar_authz_owner").scalar("SELECT current_schema()"))
                .isEqualTo("authz");
    }
}
