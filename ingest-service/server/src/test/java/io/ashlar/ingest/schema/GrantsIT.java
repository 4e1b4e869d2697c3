package io.ashlar.ingest.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.ashlar.ingest.app.Api;
import io.ashlar.ingest.app.IngestStack;
import io.ashlar.local.StackResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Policies and grants are those of the golden list, and of the leaves all are alike. */
@QuarkusTest
@IngestStack
final class GrantsIT {

    private static final String POLICIES = """
            SELECT tablename || ' ' || policyname || ' ' || array_to_string(roles, ',') || ' ' || qual || ' | '
                   || coalesce(with_check, '')
            FROM pg_policies
            WHERE schemaname = 'ingest'
            ORDER BY 1
            """;

    private static final String FORCED = """
            SELECT relname || ' ' || relrowsecurity || ' ' || relforcerowsecurity
            FROM pg_class
            WHERE relnamespace = 'ingest'::regnamespace AND relkind IN ('r', 'p') AND relname !~ '^entity_values_[0-9]+$'
            ORDER BY 1
            """;

    private static final String GRANTS = """
            SELECT DISTINCT regexp_replace(table_name, '^entity_values_[0-9]{6}$', 'entity_values_*') || ' ' || grantee
                   || ' ' || string_agg(privilege_type, ',' ORDER BY privilege_type)
            FROM information_schema.role_table_grants
            WHERE table_schema = 'ingest' AND grantee <> 'ashlar_ingest_owner'
            GROUP BY table_name, grantee
            ORDER BY 1
            """;

    private static final String MONTHS = """
            SELECT count(*)::text
            FROM pg_inherits
            WHERE inhparent = 'ingest.entity_values'::regclass
            """;

    @Test
    void areTheGoldenOnes() throws Exception {
        assertThat("-- policies\n" + lines(POLICIES) + "-- row security\n" + lines(FORCED) + "-- grants\n"
                        + lines(GRANTS))
                .isEqualTo(golden());
    }

    @Test
    void leavesAreMadeAhead() throws Exception {
        assertThat(Integer.parseInt(lines(MONTHS).strip())).isGreaterThanOrEqualTo(4);
        assertThat(Api.text("SELECT reloptions::text FROM pg_class WHERE relname = 'entity_values_by_ingestion'"))
                .contains("autosummarize=on");
    }

    private static String lines(String sql) throws SQLException {
        StringBuilder text = new StringBuilder();
        try (Connection connection = Api.superuser(StackResource.stack());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                text.append(row.getString(1)).append('\n');
            }
        }
        return text.toString();
    }

    private static String golden() throws IOException {
        try (var file = Objects.requireNonNull(GrantsIT.class.getResourceAsStream("/golden/grants.txt"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
