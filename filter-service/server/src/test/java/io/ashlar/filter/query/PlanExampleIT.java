package io.ashlar.filter.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ashlar.filter.peer.PeerResource;
import io.ashlar.filter.peer.Trial;
import io.ashlar.local.Endpoints;
import io.ashlar.local.Stack.Server;
import io.ashlar.local.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The filter that the platform plan gives as its example is answered as it stands there, byte for byte. */
@QuarkusTest
@QuarkusTestResource(
        value = StackResource.class,
        initArgs = {
            @ResourceArg(name = "service", value = "filter"),
            @ResourceArg(name = "servers", value = "CONTROL,REDIS,OIDC")
        })
@QuarkusTestResource(PeerResource.class)
final class PlanExampleIT {

    private static final String TABLE = """
            CREATE TABLE IF NOT EXISTS trial.accounts (
                tenant_id uuid NOT NULL, id text COLLATE "C" NOT NULL, created_at timestamptz NOT NULL, status text,
                PRIMARY KEY (tenant_id, id));
            INSERT INTO trial.accounts
            SELECT '11111111-1111-4111-8111-111111111111', v.* FROM (VALUES
                ('old', timestamptz '2025-12-31 23:59:59.999999+00', 'active'),
                ('first', timestamptz '2026-01-01 00:00:00+00', 'trial'),
                ('gone', timestamptz '2026-02-01 00:00:00+00', 'churned'),
                ('unknown', timestamptz '2026-02-02 00:00:00+00', NULL),
                ('last', timestamptz '2026-03-01 00:00:00+00', 'active')) AS v ON CONFLICT DO NOTHING;
            """;

    private static final String ACCOUNTS = """
            {"relation": "trial.accounts", "tenant_column": "tenant_id", "key": ["id"], "cedar_type": "Account", "fields": [
              {"name": "id", "type": "string", "source": {"column": "id"}, "nullable": false},
              {"name": "created_at", "type": "timestamp", "source": {"column": "created_at"}, "nullable": false},
              {"name": "status", "type": "string", "source": {"column": "status"}}]}
            """;

    @Test
    void theExampleIsAnswered() throws IOException, SQLException {
        byte[] example = example();
        Endpoints endpoints = StackResource.stack().endpoints();
        try (Connection connection = DriverManager.getConnection(
                        endpoints.jdbcUrl(Server.CONTROL),
                        Endpoints.SUPERUSER,
                        endpoints.databasePassword(Endpoints.SUPERUSER));
                Statement statement = connection.createStatement()) {
            statement.execute(TABLE);
        }
        Trial.script("{}");
        Trial.as("ed").body(ACCOUNTS).put("/api/v1/datasets/accounts").then().statusCode(201);

        Trial.as("ana")
                .body(example)
                .post("/api/v1/datasets/accounts/query")
                .then()
                .statusCode(200)
                .body("rows.id", contains("last", "first"))
                .body("next_cursor", nullValue());
    }

    /** What stands between the fences under its heading; the planning documents are not part of this repository. */
    private static byte[] example() throws IOException {
        Path seeds = Path.of(System.getProperty("ashlar.root", "../.."))
                .resolve(System.getenv().getOrDefault("ASHLAR_SHARED", "../shared"))
                .resolve("seeds");
        if (!Files.isDirectory(seeds)) {
            System.err.println("SKIPPED: no planning documents at " + seeds + "; set ASHLAR_SHARED");
        }
        assumeTrue(Files.isDirectory(seeds), "no planning documents");
        Path plan;
        try (Stream<Path> documents = Files.list(seeds)) {
            plan = documents
                    .filter(document -> document.getFileName().toString().startsWith("000_"))
                    .findFirst()
                    .orElseThrow();
        }
        // One byte a character, so that nothing is changed on the way.
        String text = Files.readString(plan, StandardCharsets.ISO_8859_1);
        int heading = text.indexOf("**Filter Schema Example**");
        int start = text.indexOf("```json", heading) + "```json".length();
        String example = text.substring(start, text.indexOf("```", start));
        assertThat(example).contains("\"filters\"", "\"created_at\"", "\"trial\"");
        return example.getBytes(StandardCharsets.ISO_8859_1);
    }
}
