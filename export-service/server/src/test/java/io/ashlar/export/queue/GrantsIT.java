package io.ashlar.export.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ashlar.export.app.QueueDatabase;
import io.ashlar.local.Stack.Server;
import io.ashlar.local.StackExtension;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who may touch what: policies and grants of the migrated schema against the list. */
class GrantsIT {

    @RegisterExtension
    static final StackExtension STACK =
            StackExtension.of(Server.CONTROL, Server.KAFKA, Server.REDIS, Server.S3, Server.OIDC);

    private static final String FACTS = """
            SELECT format('rls %s enabled=%s forced=%s', relname, relrowsecurity, relforcerowsecurity)
            FROM pg_class WHERE relnamespace = 'export'::regnamespace AND relkind IN ('r', 'p')
              AND relname <> 'flyway_schema_history'
            UNION ALL
            SELECT format('policy %s.%s to %s using %s check %s', tablename, policyname, array_to_string(roles, ','),
                          regexp_replace(qual, '\\s+', ' ', 'g'), coalesce(with_check, '-'))
            FROM pg_policies WHERE schemaname = 'export'
            UNION ALL
            SELECT format('grant %s on %s to %s', string_agg(privilege_type, ',' ORDER BY privilege_type), table_name, grantee)
            FROM information_schema.role_table_grants
            WHERE table_schema = 'export' AND grantee IN ('ashlar_export_api', 'ashlar_export_system')
            GROUP BY table_name, grantee
            UNION ALL
            SELECT format('column grant %s (%s) on %s to %s', privilege_type,
                          string_agg(column_name, ',' ORDER BY column_name), table_name, grantee)
            FROM information_schema.role_column_grants AS granted
            WHERE table_schema = 'export' AND grantee IN ('ashlar_export_api', 'ashlar_export_system')
              AND NOT EXISTS (
                  SELECT FROM information_schema.role_table_grants AS whole
                  WHERE (whole.table_schema, whole.table_name, whole.grantee, whole.privilege_type)
                      = (granted.table_schema, granted.table_name, granted.grantee, granted.privilege_type))
            GROUP BY privilege_type, table_name, grantee
            ORDER BY 1
            """;

    @Test
    void areAsListed() throws SQLException, IOException {
        QueueDatabase database = QueueDatabase.create(STACK.endpoints());
        List<String> facts = new ArrayList<>();
        try (Connection connection = database.superuser().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(FACTS)) {
            while (row.next()) {
                facts.add(row.getString(1));
            }
        }
        facts.sort(String::compareTo);
        assertThat(String.join("\n", facts)).isEqualTo(golden());
    }

    @Test
    void aRequestSeesItsOwnTenantOnlyAndNothingWithoutOne() throws SQLException {
        QueueDatabase database = QueueDatabase.create(STACK.endpoints());
        UUID mine = new UUID(0, 1);
        try (Connection connection = database.system().getConnection();
                PreparedStatement statement = connection.prepareStatement("""
                        INSERT INTO export.jobs (id, tenant_id, subject, kind, lane, priority, spec, as_of, max_attempts)
                        SELECT uuidv7(), t, 'u', 'export', 'large', 2, '{}', '{}', 1
                        FROM unnest(ARRAY[?, ?]::uuid[]) AS t
                        """)) {
            statement.setObject(1, mine);
            statement.setObject(2, new UUID(0, 2));
            statement.executeUpdate();
        }
        try (Connection connection = database.api().getConnection();
                Statement statement = connection.createStatement()) {
            assertThat(count(statement)).isZero();
            statement.execute("SELECT set_config('ashlar.tenant', '" + mine + "', false)");
            assertThat(count(statement)).isEqualTo(1);
        }
    }

    private static int count(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT count(*) FROM export.jobs")) {
            row.next();
            return row.getInt(1);
        }
    }

    private static String golden() throws IOException {
        try (InputStream in = GrantsIT.class.getResourceAsStream("/golden/grants.txt")) {
            return new String(Objects.requireNonNull(in, "grants.txt").readAllBytes(), UTF_8).strip();
        }
    }
}
