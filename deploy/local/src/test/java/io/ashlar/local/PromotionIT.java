package io.ashlar.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ashlar.local.Stack.Server;
import io.ashlar.local.postgres.Asking;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A stack of its own: what it does to the cluster cannot be undone. */
class PromotionIT {

    private static Stack stack;

    @BeforeAll
    static void start() {
        stack = Stack.start(StackOptions.tests(Server.DATA_REPLICA_1, Server.DATA_REPLICA_2));
    }

    @AfterAll
    static void close() {
        stack.close();
        assertThat(Files.exists(EmbeddedServers.data(stack.directory()))).isFalse();
        assertThat(stack.directory().resolve("stack.json")).doesNotExist();
    }

    @Test
    void a_promoted_replica_takes_writes_on_a_new_timeline_and_the_other_follows() throws SQLException {
        superuser(Server.DATA_PRIMARY).execute("CREATE TABLE public.before AS SELECT 1 AS id");
        String position = superuser(Server.DATA_PRIMARY).scalar("SELECT pg_current_wal_flush_lsn()");
        await().atMost(Duration.ofSeconds(30)).until(() -> superuser(Server.DATA_REPLICA_1)
                .scalar("SELECT pg_last_wal_replay_lsn() >= ?::pg_lsn", position)
                .equals("t"));
        stack.kill(Server.DATA_PRIMARY);
        stack.promote(Server.DATA_REPLICA_1);
        assertThat(superuser(Server.DATA_REPLICA_1).scalar("SELECT pg_is_in_recovery()"))
                .isEqualTo("f");
        assertThat(superuser(Server.DATA_REPLICA_1).scalar("SELECT pg_walfile_name(pg_current_wal_lsn())"))
                .startsWith("00000002");
        stack.follow(Server.DATA_REPLICA_2, Server.DATA_REPLICA_1);
        superuser(Server.DATA_REPLICA_1).execute("CREATE TABLE public.after AS SELECT 2 AS id");
        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> superuser(Server.DATA_REPLICA_2)
                .scalar("SELECT id FROM public.after")
                .equals("2"));
        assertThat(superuser(Server.DATA_REPLICA_2).scalar("SELECT id FROM public.before"))
                .isEqualTo("1");
        // The old primary can come back and is then a second one, on its old timeline: what a router must refuse.
        stack.start(Server.DATA_PRIMARY);
        assertThat(superuser(Server.DATA_PRIMARY).scalar("SELECT pg_is_in_recovery()"))
                .isEqualTo("f");
    }

    private static Asking superuser(Server server) {
        Endpoints endpoints = stack.endpoints();
        return new Asking(
                endpoints.jdbcUrl(server), Endpoints.SUPERUSER, endpoints.databasePassword(Endpoints.SUPERUSER));
    }
}
