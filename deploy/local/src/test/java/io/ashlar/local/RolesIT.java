package io.ashlar.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ashlar.local.Stack.Server;
import io.ashlar.local.postgres.Asking;
import io.ashlar.local.postgres.Roles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the databases really say against {@code roles.golden}: a change there is a change of the contract. */
class RolesIT {

    @RegisterExtension
    static final StackExtension STACK = StackExtension.of();

    @Test
    void roles_schemas_and_grants_are_the_contract() throws SQLException, IOException {
        String actual = "# control\n" + describe(Server.CONTROL) + "# data\n" + describe(Server.DATA_PRIMARY);
        try (InputStream golden = RolesIT.class.getResourceAsStream("roles.golden")) {
            assertThat(actual).isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CONTROL", "DATA_PRIMARY", "DATA_REPLICA_1"})
    void every_role_can_sign_in_where_it_belongs(Server server) throws SQLException {
        for (String role : server == Server.CONTROL ? Roles.CONTROL : Roles.DATA) {
            assertThat(as(server, role).scalar("SELECT current_user")).isEqualTo(role);
        }
    }

    @Test
    void only_an_owner_creates_and_only_in_its_schema() throws SQLException {
        as(Server.CONTROL, "ashlar_authz_owner").execute("CREATE TABLE mine (id INT); DROP TABLE mine");
        for (String sql : new String[] {
            "CREATE TABLE filter.theirs (id INT)", "CREATE TABLE public.theirs (id INT)", "CREATE SCHEMA theirs"
        }) {
            assertThatThrownBy(() -> as(Server.CONTROL, "ashlar_authz_owner").execute(sql))
                    .hasMessageContaining("permission denied");
        }
        for (String role : new String[] {"ashlar_authz_api", "ashlar_authz_system"}) {
            assertThatThrownBy(() -> as(Server.CONTROL, role).execute("CREATE TABLE mine (id INT)"))
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void a_service_does_not_get_into_anothers_database_or_schema() {
        assertThatThrownBy(() -> new Asking(
                                STACK.endpoints().jdbcUrl(Server.DATA_PRIMARY),
                                "ashlar_authz_api",
                                STACK.endpoints().databasePassword("ashlar_authz_api"))
                        .scalar("SELECT 1"))
                .isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> as(Server.CONTROL, "ashlar_authz_api").execute("CREATE TABLE filter.x (id INT)"))
                .hasMessageContaining("permission denied");
    }

    @Test
    void the_probe_reads_positions_over_a_replication_connection() throws SQLException {
        Endpoints endpoints = STACK.endpoints();
        for (Server server : new Server[] {Server.DATA_PRIMARY, Server.DATA_REPLICA_1}) {
            Asking probe = new Asking(
                    endpoints.jdbcUrl(server)
                            + "?replication=database&preferQueryMode=simple&assumeMinServerVersion=10",
                    Roles.PROBE,
                    endpoints.databasePassword(Roles.PROBE));
            assertThat(probe.scalar("IDENTIFY_SYSTEM")).matches("\\d+");
        }
        assertThat(as(Server.DATA_PRIMARY, Roles.PROBE)
                        .scalar("SELECT count(restart_lsn) FROM pg_replication_slots WHERE slot_type = 'physical'"))
                .isEqualTo("2");
    }

    private static Asking as(Server server, String role) {
        return new Asking(
                STACK.endpoints().jdbcUrl(server), role, STACK.endpoints().databasePassword(role));
    }

    private static String describe(Server server) throws SQLException {
        Asking superuser = new Asking(
                STACK.endpoints().jdbcUrl(server),
                Endpoints.SUPERUSER,
                STACK.endpoints().databasePassword(Endpoints.SUPERUSER));
        return superuser.scalar("""
                SELECT string_agg(line || E'\\n', '' ORDER BY kind, line)
                  FROM (
                    SELECT 1 AS kind,
                           format('role %s login=%s superuser=%s bypassrls=%s createrole=%s createdb=%s inherit=%s '
                                  || 'replication=%s member_of=%s',
                                  rolname, rolcanlogin, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolinherit,
                                  rolreplication,
                                  (SELECT coalesce(string_agg(roleid::regrole::text, ','), '-')
                                     FROM pg_auth_members WHERE member = pg_roles.oid)) AS line
                      FROM pg_roles
                     WHERE rolname LIKE 'ashlar%'
                    UNION ALL
                    SELECT 2, format('schema %s owner=%s acl=%s', nspname, nspowner::regrole, nspacl)
                      FROM pg_namespace
                     WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema'
                    UNION ALL
                    SELECT 3, format('database %s connect=%s', datname,
                                     (SELECT string_agg(grantee::regrole::text, ',' ORDER BY grantee::regrole::text)
                                        FROM aclexplode(datacl) WHERE privilege_type = 'CONNECT'))
                      FROM pg_database
                     WHERE datname = current_database()
                  ) AS lines
                """);
    }
}
