package io.ashlar.filter.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ashlar.filter.peer.PeerResource;
import io.ashlar.filter.peer.Trial;
import io.ashlar.local.Endpoints;
import io.ashlar.local.Stack.Server;
import io.ashlar.local.StackResource;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the database itself holds: policies, grants, and the tenant of every transaction. */
@QuarkusTest
@QuarkusTestResource(
        value = StackResource.class,
        initArgs = {
            @ResourceArg(name = "service", value = "filter"),
            @ResourceArg(name = "servers", value = "CONTROL,REDIS,OIDC")
        })
@QuarkusTestResource(PeerResource.class)
final class DatabaseIT {

    private static final UUID TENANT = UUID.fromString(Trial.TENANT_A);

    private static final String POLICIES = """
            SELECT format('policy %s.%s %s %s %s USING %s CHECK %s', schemaname, tablename, policyname, permissive,
                          array_to_string(roles, ','), regexp_replace(qual, '\\s+', ' ', 'g'), coalesce(with_check, '-'))
              FROM pg_policies WHERE schemaname = 'filter'
            UNION ALL
            SELECT format('rls %s enabled=%s forced=%s', c.relname, c.relrowsecurity, c.relforcerowsecurity)
              FROM pg_class c WHERE c.relnamespace = 'filter'::regnamespace AND c.relkind IN ('r', 'p')
               AND c.relname <> 'flyway_schema_history'
            UNION ALL
            SELECT format('grant %s %s %s', table_name, grantee, string_agg(privilege_type, ',' ORDER BY privilege_type))
              FROM information_schema.role_table_grants
             WHERE table_schema = 'filter' AND grantee <> 'ashlar_filter_owner'
             GROUP BY table_name, grantee
            UNION ALL
            SELECT format('bypass %s', rolname) FROM pg_roles WHERE rolbypassrls AND rolname LIKE 'ashlar%'
             ORDER BY 1
            """;

    @Inject
    TenantTransaction transaction;

    @Inject
    DatasetHeads heads;

    @Test
    void policiesAndGrantsAreTheListedOnes() throws SQLException, IOException {
        StringBuilder found = new StringBuilder();
        Endpoints endpoints = StackResource.stack().endpoints();
        try (Connection connection = DriverManager.getConnection(
                        endpoints.jdbcUrl(Server.CONTROL),
                        Endpoints.SUPERUSER,
                        endpoints.databasePassword(Endpoints.SUPERUSER));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(POLICIES)) {
            while (rows.next()) {
                found.append(rows.getString(1)).append('\n');
            }
        }
        try (InputStream golden = DatabaseIT.class.getResourceAsStream("policies.txt")) {
            assertThat(golden).isNotNull();
            assertThat(found.toString()).isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void aTransactionSeesItsTenantOnly() {
        Trial.script("{}");
        Trial.declare("ed", "seen");
        Long ours = transaction.call(TENANT, heads::count);
        Long nobodys = transaction.call(UUID.randomUUID(), heads::count);
        assertThat(ours).isPositive();
        assertThat(nobodys).isZero();
    }

    @Test
    void aLostTenantSettingReleasesNothing() {
        assertThatThrownBy(() ->
                        transaction.call(TENANT, () -> Panache.getSession().chain(session -> session.createNativeQuery(
                                        "SELECT set_config('ashlar.tenant', '', TRUE)", String.class)
                                .getSingleResult())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("tenant setting was lost");
        assertThatThrownBy(() -> transaction.call(TENANT, () -> Panache.getSession()
                        .chain(session -> session.createNativeQuery(
                                        "SELECT set_config('ashlar.tenant', :other, TRUE)", String.class)
                                .setParameter("other", UUID.randomUUID().toString())
                                .getSingleResult())
                        .chain(lost -> heads.count())))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aVersionCannotBeChangedByWhoServesRequests() throws SQLException {
        Endpoints endpoints = StackResource.stack().endpoints();
        String role = "ashlar_filter_api";
        try (Connection connection = DriverManager.getConnection(
                        endpoints.jdbcUrl(Server.CONTROL), role, endpoints.databasePassword(role));
                Statement statement = connection.createStatement()) {
            for (String forbidden : new String[] {
                "UPDATE filter.dataset_versions SET declaration = '{}'",
                "DELETE FROM filter.dataset_versions",
                "DELETE FROM filter.datasets",
                "TRUNCATE filter.datasets"
            }) {
                assertThatThrownBy(() -> statement.execute(forbidden))
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("permission denied");
            }
            try (ResultSet rows = statement.executeQuery("SELECT count(*) FROM filter.datasets")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getLong(1)).isZero();
            }
        }
    }
}
