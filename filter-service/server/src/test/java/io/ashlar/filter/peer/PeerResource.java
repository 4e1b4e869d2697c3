package io.ashlar.filter.peer;

import io.ashlar.local.Endpoints;
import io.ashlar.local.Stack.Server;
import io.ashlar.local.StackResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The peers of this service, with 200 flights of tenant A and 3 of tenant B to read. */
public final class PeerResource implements QuarkusTestResourceLifecycleManager {

    /** A schema of its own in the control database: a plain table, and beside it the form of the hot projection. */
    private static final String FLIGHTS = """
            CREATE SCHEMA IF NOT EXISTS trial;
            CREATE TABLE IF NOT EXISTS trial.flights (
                tenant_id uuid NOT NULL, id text COLLATE "C" NOT NULL, origin text, region text, delay bigint,
                distance bigint, flown_at timestamptz, notes json, PRIMARY KEY (tenant_id, id));
            INSERT INTO trial.flights
            SELECT '11111111-1111-4111-8111-111111111111', 'flight:' || lpad(n::text, 4, '0'),
                   (ARRAY['ORD','JFK','DFW','SFO'])[1 + n % 4], (ARRAY['east','west'])[1 + n % 2], n, n * 10,
                   timestamptz '2001-01-01 00:00:00+00' + n * interval '6 hours', NULL
              FROM generate_series(1, 200) AS n ON CONFLICT DO NOTHING;
            INSERT INTO trial.flights
            SELECT '22222222-2222-4222-8222-222222222222', 'flight:b' || n, 'ORD', 'east', n, n, NULL, NULL
              FROM generate_series(1, 3) AS n ON CONFLICT DO NOTHING;
            CREATE TABLE IF NOT EXISTS trial.entities (
                tenant_id uuid NOT NULL, entity_id text COLLATE "C" NOT NULL, attributes jsonb NOT NULL,
                PRIMARY KEY (tenant_id, entity_id));
            INSERT INTO trial.entities
            SELECT tenant_id, id, jsonb_build_object('origin', origin, 'delay', delay, 'distance', distance)
              FROM trial.flights ON CONFLICT DO NOTHING;
            CREATE TABLE IF NOT EXISTS trial.entity_values (
                tenant_id uuid NOT NULL, entity_id text COLLATE "C" NOT NULL, attribute_id integer NOT NULL,
                v_int64 bigint, v_string text, event_at timestamptz NOT NULL, log_offset bigint NOT NULL);
            CREATE INDEX IF NOT EXISTS by_attribute ON trial.entity_values (tenant_id, attribute_id, event_at);
            """;

    private @Nullable PeerServer server;

    /** After the stack. */
    @Override
    public int order() {
        return 10;
    }

    @Override
    public Map<String, String> start() {
        Endpoints endpoints = StackResource.stack().endpoints();
        PeerRouter router =
                new PeerRouter(endpoints.jdbcUrl(Server.CONTROL), endpoints.databasePassword(Endpoints.SUPERUSER));
        try (Connection connection = router.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(FLIGHTS);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
        String sealKeys = "test:" + Base64.getEncoder().encodeToString(new byte[32]);
        try {
            server = new PeerServer(router, sealKeys);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        String cursorKey = Base64.getEncoder()
                .encodeToString(
                        "0123456789abcdef0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        return Map.of(
                "ashlar.filter.peers.authz",
                server.url() + "/authz",
                "ashlar.filter.peers.router",
                server.url() + "/router",
                "ashlar.filter.seal.keys",
                sealKeys,
                "ashlar.filter.cursor.keys",
                "test:" + cursorKey,
                "ashlar.filter.datasets.max-per-tenant",
                "40",
                "ashlar.filter.segments.max-per-tenant",
                "30",
                "ashlar.filter.impact.keys",
                sealKeys);
    }

    @Override
    public void stop() {
        if (server != null) {
            server.close();
        }
    }
}
