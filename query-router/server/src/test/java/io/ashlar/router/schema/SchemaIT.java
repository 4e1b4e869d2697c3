package io.ashlar.router.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ashlar.local.Stack.Server;
import io.ashlar.router.trial.Trial;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may do what in the schema {@code router}, word for word. */
@QuarkusTest
class SchemaIT {

    private static final String GRANTS = """
            SELECT format('%s %s %s', grantee, privilege_type, table_name)
            FROM information_schema.role_table_grants
            WHERE table_schema = 'router' AND grantee <> 'ashlar_router_owner' AND table_name <> 'flyway_schema_history'
            UNION ALL
            SELECT format('policy %s ON %s TO %s USING %s', policyname, tablename, array_to_string(roles, ','), qual)
            FROM pg_policies WHERE schemaname = 'router'
            UNION ALL
            SELECT format('table %s owner %s', tablename, tableowner)
            FROM pg_tables WHERE schemaname = 'router'
            ORDER BY 1""";

    @BeforeEach
    void migrated() {
        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> !grants().isEmpty());
    }

    @Test
    void grantsAreTheListed() throws IOException, SQLException {
        try (InputStream in = SchemaIT.class.getResourceAsStream("/golden/schema-router.txt")) {
            assertThat(String.join("\n", grants()) + "\n")
                    .isEqualTo(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static List<String> grants() throws SQLException {
        try (Connection connection = Trial.connect(Server.DATA_PRIMARY, "postgres");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(GRANTS)) {
            List<String> lines = new ArrayList<>();
            while (rows.next()) {
                lines.add(rows.getString(1));
            }
            return lines;
        }
    }
}
