package io.ashlar.authz.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ashlar.authz.api.Authz;
import io.ashlar.guard.tenant.SqlFailedException;
import io.ashlar.guard.tenant.TenantSettingLostException;
import io.ashlar.local.Endpoints;
import io.ashlar.local.Stack.Server;
import io.ashlar.local.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Row-level security as contracted, and what happens when the tenant is not set. */
@QuarkusTest
@QuarkusTestResource(
        value = StackResource.class,
        initArgs = {
            @ResourceArg(name = "service", value = "authz"),
            @ResourceArg(name = "servers", value = "CONTROL,KAFKA,REDIS,OIDC")
        })
class SchemaIT {

    private static final String GRANTS = """
            SELECT format('%s %s %s', grantee, table_name, string_agg(privilege_type, ',' ORDER BY privilege_type))
            FROM information_schema.role_table_grants
            WHERE table_schema = 'authz' AND grantee <> 'ashlar_authz_owner'
            GROUP BY grantee, table_name
            UNION ALL
            SELECT format('%s %s.%s %s', grantee, table_name, column_name, privilege_type)
            FROM information_schema.column_privileges AS c
            WHERE table_schema = 'authz' AND grantee <> 'ashlar_authz_owner' AND privilege_type = 'UPDATE'
            UNION ALL
            SELECT format('policy %s on %s to %s using %s check %s', policyname, tablename, array_to_string(roles, ','),
                regexp_replace(qual, '\\s+', ' ', 'g'), regexp_replace(with_check, '\\s+', ' ', 'g'))
            FROM pg_policies WHERE schemaname = 'authz'
            UNION ALL
            SELECT format('table %s rls=%s force=%s', relname, relrowsecurity, relforcerowsecurity)
            FROM pg_class WHERE relnamespace = 'authz'::regnamespace AND relkind = 'r' AND relname <> 'schema_history'
            ORDER BY 1
            """;

    @Inject
    AuthzDatabase database;

    private static Connection as(String role) throws SQLException {
        Endpoints endpoints = StackResource.stack().endpoints();
        return DriverManager.getConnection(endpoints.jdbcUrl(Server.CONTROL), role, endpoints.databasePassword(role));
    }

    private static List<String> texts(Connection connection, String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    @Test
    void policiesAndGrantsAreTheGoldenOnes() throws SQLException, IOException {
        try (Connection owner = as("ashlar_authz_owner");
                InputStream golden = SchemaIT.class.getResourceAsStream("/database/grants.txt")) {
            String expected = new String(Objects.requireNonNull(golden).readAllBytes(), StandardCharsets.UTF_8);
            assertThat(String.join("\n", texts(owner, GRANTS)) + "\n").isEqualTo(expected);
            assertThat(texts(owner, """
                            SELECT rolname FROM pg_roles
                            WHERE rolname LIKE 'ashlar\\_%' AND (rolbypassrls OR rolsuper OR rolcreaterole)
                            """))
                    .as("roles to whom the policies mean nothing")
                    .isEmpty();
        }
    }

    @Test
    void withoutATenantThereAreNoRows() throws SQLException {
        UUID tenant = Authz.tenant();
        try (Connection api = as("ashlar_authz_api")) {
            for (String table : List.of(
                    "tenants",
                    "revisions",
                    "principals",
                    "policies",
                    "policy_versions",
                    "policy_documents",
                    "policy_drafts",
                    "policy_settings",
                    "draft_impacts",
                    "draft_approvals",
                    "access_reviews",
                    "access_grants",
                    "access_attestations",
                    "tenant_shared",
                    "entity_types",
                    "entities")) {
                assertThat(texts(api, "SELECT 'row' FROM authz." + table))
                        .as(table)
                        .isEmpty();
            }
            try (PreparedStatement insert = api.prepareStatement(
                    "INSERT INTO authz.revisions (tenant_id, revision, policy_version) VALUES (?, 99, 99)")) {
                insert.setObject(1, tenant);
                assertThatThrownBy(insert::executeUpdate).hasMessageContaining("row-level security");
            }
        }
    }

    @Test
    void aSettingThatIsLostEndsTheRequestWithoutRows() {
        UUID tenant = Authz.tenant();
        List<List<String>> seen = new ArrayList<>();
        assertThatThrownBy(() -> database.inTenant(tenant, connection -> {
                    texts(connection, "SELECT set_config('ashlar.tenant', '', true)");
                    seen.add(texts(connection, "SELECT id FROM authz.principals"));
                    return "answer";
                }))
                .isInstanceOf(TenantSettingLostException.class);
        assertThat(seen).containsExactly(List.of());
    }

    @Test
    void thePastCannotBeRewritten() {
        UUID tenant = Authz.tenant();
        for (String sql : List.of(
                "UPDATE authz.principals SET deleted = true",
                "DELETE FROM authz.policies",
                "DELETE FROM authz.outbox",
                "UPDATE authz.policy_versions SET published_by = 'x'",
                "DELETE FROM authz.policy_documents",
                "UPDATE authz.access_attestations SET attested_by = 'x'",
                "DELETE FROM authz.access_grants",
                "UPDATE authz.access_reviews SET due_at = clock_timestamp()",
                "UPDATE authz.draft_impacts SET jws = 'x'",
                "UPDATE authz.draft_approvals SET approved_by = 'x'",
                "UPDATE authz.entities SET deleted = true",
                "UPDATE authz.tenant_shared SET set_version = NULL",
                "INSERT INTO authz.shared_versions (set_id, version, policies, mandatory, published_by) VALUES ('x', 1, '{}', false, 'x')",
                "UPDATE authz.tenants SET first_admin = 'x'")) {
            assertThatThrownBy(() -> database.inTenant(tenant, connection -> {
                        try (Statement statement = connection.createStatement()) {
                            return statement.executeUpdate(sql);
                        }
                    }))
                    .isInstanceOf(SqlFailedException.class)
                    .hasMessageContaining("42501");
        }
    }
}
