package io.ashlar.filter.dsl;

import io.ashlar.local.StackExtension;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/**
 * One table with row-level security and an index for each class of operators, and two roles that read it: one to which
 * the policy applies and one that it does not.
 */
final class RlsTable {

    static final UUID TENANT = new UUID(3, 1);
    static final int TENANTS = 10;
    static final int ROWS_PER_TENANT = 40_000;

    private static final List<String> LATEST = List.of("event_at", "seq");

    /** The fields named {@code …_kept} are stored copies of what an expression would have to be computed for. */
    static final Dataset EVENTS = new Dataset(
            "events",
            1,
            "rls_bench.events",
            "tenant_id",
            List.of("id"),
            "Event",
            null,
            List.of(
                    new Field("id", FieldType.STRING, new Source.Column("id")).notNull(),
                    new Field("status", FieldType.STRING, new Source.Column("status")),
                    new Field("status_kept", FieldType.STRING, new Source.Column("status_kept")),
                    new Field("name", FieldType.STRING, new Source.Column("name")),
                    new Field("visits", FieldType.INT64, new Source.Column("visits")),
                    new Field("price", FieldType.MONEY, new Source.Column("visits")),
                    new Field("total", FieldType.DECIMAL, new Source.Column("total")),
                    new Field("weight", FieldType.DOUBLE, new Source.Column("weight")),
                    new Field("at", FieldType.TIMESTAMP, new Source.Column("at")),
                    new Field("day", FieldType.DATE, new Source.Column("day")),
                    new Field("ref", FieldType.UUID, new Source.Column("ref")),
                    new Field("paid_at", FieldType.TIMESTAMP, new Source.Column("paid_at")),
                    new Field("tags", FieldType.STRINGS, new Source.Column("tags")),
                    new Field("note", FieldType.TEXT, new Source.Column("note")),
                    new Field("origin", FieldType.STRING, new Source.JsonField("attributes", "origin")),
                    new Field("origin_kept", FieldType.STRING, new Source.Column("origin_kept")),
                    new Field("delay", FieldType.INT64, new Source.JsonField("attributes", "delay")),
                    new Field("delay_kept", FieldType.INT64, new Source.Column("delay_kept")),
                    new Field(
                            "speed",
                            FieldType.INT64,
                            new Source.Eav("rls_bench.facts", "entity_id", "attribute_id", 7, "v_int64", LATEST))));

    private static final String TABLES = """
            DROP SCHEMA IF EXISTS rls_bench CASCADE;
            CREATE SCHEMA rls_bench;
            CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA public;
            CREATE TABLE rls_bench.events (
                tenant_id uuid NOT NULL,
                id text COLLATE "C" NOT NULL,
                status text COLLATE "C",
                status_kept text COLLATE "C" GENERATED ALWAYS AS (lower(status COLLATE "pg_c_utf8")) STORED,
                name text COLLATE "C",
                visits bigint,
                total numeric,
                weight double precision,
                at timestamptz,
                day date,
                ref uuid,
                paid_at timestamptz,
                tags text[],
                note text,
                attributes jsonb NOT NULL,
                origin_kept text COLLATE "C" GENERATED ALWAYS AS (attributes ->> 'origin') STORED,
                delay_kept bigint GENERATED ALWAYS AS ((attributes ->> 'delay')::bigint) STORED,
                PRIMARY KEY (tenant_id, id));
            CREATE TABLE rls_bench.facts (
                tenant_id uuid NOT NULL, entity_id text COLLATE "C" NOT NULL, attribute_id integer NOT NULL,
                event_at timestamptz NOT NULL, seq bigint NOT NULL, v_int64 bigint);
            """;

    /** A thousandth of a tenant's rows has any one value. */
    private static final String FILL = """
            INSERT INTO rls_bench.events (tenant_id, id, status, name, visits, total, weight, at, day, ref, paid_at, tags,
                note, attributes)
            SELECT format('00000000-0000-0003-0000-%s', lpad(to_hex(tenant), 12, '0'))::uuid,
                'event:' || lpad(i::text, 8, '0'), 'State ' || i % 1000, md5(i::text), i * 7919 % many, i * 7919 % many / 100.0,
                (i * 7919 % many)::double precision, timestamptz '2001-01-01 00:00:00+00' + i * interval '1 minute',
                date '2001-01-01' + (i % 1000)::integer, md5(i::text)::uuid,
                CASE WHEN i % 1000 > 0 THEN timestamptz '2001-01-01 00:00:00+00' END, ARRAY['tag' || i % 1000, 'all'],
                'a note of event number ' || i % 1000, jsonb_build_object('origin', 'A' || i % 1000, 'delay', i * 7919 % many)
            FROM generate_series(1, ?) AS tenant, (VALUES (?)) AS v (many), generate_series(1, many) AS i;
            """;

    private static final String FACTS = """
            INSERT INTO rls_bench.facts
            SELECT tenant_id, id, 7, at, 1, visits FROM rls_bench.events
            """;

    private static final String INDEXES = """
            CREATE INDEX ON rls_bench.events (tenant_id, status);
            CREATE INDEX ON rls_bench.events (tenant_id, (lower(status COLLATE "pg_c_utf8") COLLATE "C"));
            CREATE INDEX ON rls_bench.events (tenant_id, status_kept);
            CREATE INDEX ON rls_bench.events (tenant_id, visits);
            CREATE INDEX ON rls_bench.events (tenant_id, total);
            CREATE INDEX ON rls_bench.events (tenant_id, weight);
            CREATE INDEX ON rls_bench.events (tenant_id, at);
            CREATE INDEX ON rls_bench.events (tenant_id, day);
            CREATE INDEX ON rls_bench.events (tenant_id, ref);
            CREATE INDEX ON rls_bench.events (tenant_id, paid_at);
            CREATE INDEX ON rls_bench.events USING gin (name public.gin_trgm_ops);
            CREATE INDEX ON rls_bench.events USING gin (tags);
            CREATE INDEX ON rls_bench.events (tenant_id, ((attributes ->> 'origin') COLLATE "C"));
            CREATE INDEX ON rls_bench.events (tenant_id, origin_kept);
            CREATE INDEX ON rls_bench.events (tenant_id, ((attributes ->> 'delay')::bigint));
            CREATE INDEX ON rls_bench.events (tenant_id, delay_kept);
            CREATE INDEX ON rls_bench.facts (tenant_id, attribute_id, event_at);
            """;

    private static final String SECURITY = """
            DO $$
            BEGIN
                IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'rls_bench_on') THEN
                    CREATE ROLE rls_bench_on NOLOGIN NOBYPASSRLS;
                    CREATE ROLE rls_bench_off NOLOGIN BYPASSRLS;
                END IF;
            END
            $$;
            ALTER TABLE rls_bench.events ENABLE ROW LEVEL SECURITY;
            ALTER TABLE rls_bench.events FORCE ROW LEVEL SECURITY;
            CREATE POLICY tenant ON rls_bench.events
                USING (tenant_id = (select nullif(current_setting('ashlar.tenant', true), '')::uuid));
            ALTER TABLE rls_bench.facts ENABLE ROW LEVEL SECURITY;
            ALTER TABLE rls_bench.facts FORCE ROW LEVEL SECURITY;
            CREATE POLICY tenant ON rls_bench.facts
                USING (tenant_id = (select nullif(current_setting('ashlar.tenant', true), '')::uuid));
            GRANT USAGE ON SCHEMA rls_bench TO rls_bench_on, rls_bench_off;
            GRANT SELECT ON ALL TABLES IN SCHEMA rls_bench TO rls_bench_on, rls_bench_off;
            """;

    private RlsTable() {}

    static void create(StackExtension stack) throws SQLException {
        try (Connection connection = ThingsTable.connect(stack);
                var statement = connection.createStatement()) {
            statement.execute(TABLES);
            try (PreparedStatement fill = connection.prepareStatement(FILL)) {
                fill.setInt(1, TENANTS);
                fill.setInt(2, ROWS_PER_TENANT);
                fill.executeUpdate();
            }
            statement.execute(FACTS);
            statement.execute("SET maintenance_work_mem = '512MB'");
            statement.execute(INDEXES);
            statement.execute(words());
            statement.execute(SECURITY);
            statement.execute("VACUUM ANALYZE rls_bench.events");
            statement.execute("VACUUM ANALYZE rls_bench.facts");
        }
    }

    static void drop(StackExtension stack) throws SQLException {
        try (Connection connection = ThingsTable.connect(stack);
                var statement = connection.createStatement()) {
            statement.execute("DROP SCHEMA rls_bench CASCADE");
        }
    }

    /** The index of the words that a search looks for, over the very expression that the compiler writes. */
    private static String words() {
        String sql = new SqlCompiler()
                .count(new RowScope(EVENTS, TENANT, Filter.where("note").search("x")))
                .sql();
        String expression = sql.substring(sql.indexOf("string_to_array("), sql.indexOf(" @> "));
        return "CREATE INDEX ON rls_bench.events USING gin (" + expression.replace("t.\"note\"", "note") + ")";
    }
}
