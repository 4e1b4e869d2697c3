-- The ingest schema. Roles: ashlar_ingest_owner runs this; _api serves requests under row-level security and has no grant on a
-- leaf; _system is the loader and the keeper; ashlar_router_api reads. What each may do is compared with a golden list by a test.

GRANT USAGE ON SCHEMA ingest TO ashlar_ingest_api, ashlar_ingest_system, ashlar_router_api;

-- Attributes a tenant has declared. A kind never changes: rows of the old kind would become unreadable.
CREATE TABLE ingest.attributes (
    tenant_id    uuid NOT NULL,
    attribute_id integer GENERATED ALWAYS AS IDENTITY UNIQUE,
    name         text COLLATE "C" NOT NULL CHECK (name ~ '^[a-z][a-z0-9_]{0,62}$'),
    kind         text NOT NULL CHECK (kind IN ('string', 'bool', 'int64', 'double', 'timestamp')),
    hot          boolean NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT now(),
    updated_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, name)
);

-- One row per record and attribute. All value columns NULL: the producer said that there is no value any more.
-- (log_topic, log_partition, log_offset, record_index, attribute_id) is a row's identity in every store.
CREATE TABLE ingest.entity_values (
    tenant_id     uuid NOT NULL,
    entity_id     text COLLATE "C" NOT NULL CONSTRAINT entity_id_length CHECK (octet_length(entity_id) BETWEEN 1 AND 128),
    attribute_id  integer NOT NULL,
    v_string      text,
    v_bool        boolean,
    v_int64       bigint,
    v_double      double precision,
    v_timestamp   timestamptz,
    event_at      timestamptz NOT NULL,
    ingested_at   timestamptz NOT NULL,
    log_topic     smallint NOT NULL,
    log_partition smallint NOT NULL,
    log_offset    bigint NOT NULL,
    record_index  integer NOT NULL
) PARTITION BY RANGE (ingested_at);

CREATE INDEX entity_values_by_attribute ON ingest.entity_values (tenant_id, attribute_id, event_at);
CREATE INDEX entity_values_by_ingestion ON ingest.entity_values USING brin (ingested_at) WITH (autosummarize = on);

-- The latest value of each hot attribute; versions keeps beside it what it won by: [event_at in microseconds, partition, offset,
-- index], compared as jsonb arrays of one length are, element by element.
CREATE TABLE ingest.entity_jsonb (
    tenant_id  uuid NOT NULL,
    entity_id  text COLLATE "C" NOT NULL CONSTRAINT entity_id_length CHECK (octet_length(entity_id) BETWEEN 1 AND 128),
    attributes jsonb NOT NULL,
    versions   jsonb NOT NULL,
    event_at   timestamptz NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, entity_id)
) WITH (fillfactor = 80);

-- The fence: one writer per partition, proven by epoch, on this very cluster and no older timeline of it.
CREATE TABLE ingest.loaded_offsets (
    topic       smallint NOT NULL,
    partition   integer NOT NULL,
    next_offset bigint NOT NULL,
    epoch       bigint NOT NULL,
    system_id   bigint NOT NULL,
    timeline    integer NOT NULL,
    updated_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (topic, partition)
) WITH (fillfactor = 50);

-- Chunks that are loaded, kept for a day: a chunk that comes again is recognised. stored + dead = records of the chunk.
CREATE TABLE ingest.loaded_chunks (
    tenant_id     uuid NOT NULL,
    producer      text COLLATE "C" NOT NULL,
    batch_key     text COLLATE "C" NOT NULL,
    chunk         integer NOT NULL,
    request_hash  text NOT NULL,
    stored        integer NOT NULL,
    dead          integer NOT NULL,
    log_partition smallint NOT NULL,
    log_offset    bigint NOT NULL,
    loaded_at     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, producer, batch_key, chunk)
);

-- Batches by key: the claim before, the answer after the chunks are on the log.
CREATE TABLE ingest.batches (
    tenant_id    uuid NOT NULL,
    producer     text COLLATE "C" NOT NULL,
    batch_key    text COLLATE "C" NOT NULL,
    request_hash text NOT NULL,
    state        text NOT NULL CHECK (state IN ('producing', 'accepted')),
    attempt      integer NOT NULL DEFAULT 1,
    lease_until  timestamptz NOT NULL,
    accepted     integer NOT NULL CHECK (accepted > 0),
    rejected     jsonb NOT NULL,
    receipt      text,
    token        text,
    created_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, producer, batch_key)
);

-- What the batches and chunks that were forgotten after a day had counted.
CREATE TABLE ingest.batch_totals (
    tenant_id uuid PRIMARY KEY,
    accepted  bigint NOT NULL,
    stored    bigint NOT NULL,
    dead      bigint NOT NULL
);

-- Records that could not be stored. outside: not part of any accepted batch.
CREATE TABLE ingest.dead_letters (
    tenant_id     uuid NOT NULL,
    dead_id       bigint GENERATED ALWAYS AS IDENTITY,
    log_topic     smallint NOT NULL,
    log_partition smallint NOT NULL,
    log_offset    bigint NOT NULL,
    record_index  integer,
    records       integer NOT NULL,
    outside       boolean NOT NULL,
    producer      text,
    batch_key     text,
    reason        text NOT NULL,
    detail        text NOT NULL,
    payload       text NOT NULL,
    dead_at       timestamptz NOT NULL DEFAULT now(),
    published_at  timestamptz,
    PRIMARY KEY (tenant_id, dead_id)
);
CREATE INDEX dead_letters_unpublished ON ingest.dead_letters (dead_id) WHERE published_at IS NULL;

-- Row-level security: forced, so that even the owner is bound.
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['attributes', 'entity_values', 'entity_jsonb', 'loaded_chunks', 'batches', 'batch_totals',
                                'dead_letters'] LOOP
        EXECUTE format('ALTER TABLE ingest.%I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE ingest.%I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format(
            'CREATE POLICY tenant ON ingest.%I TO ashlar_ingest_api, ashlar_router_api '
            'USING (tenant_id = (select nullif(current_setting(''ashlar.tenant'', true), '''')::uuid)) '
            'WITH CHECK (tenant_id = (select nullif(current_setting(''ashlar.tenant'', true), '''')::uuid))', name);
        EXECUTE format('CREATE POLICY system ON ingest.%I TO ashlar_ingest_system USING (true) WITH CHECK (true)', name);
    END LOOP;
END
$$;

GRANT SELECT, INSERT, UPDATE ON ingest.attributes TO ashlar_ingest_api;
GRANT SELECT ON ingest.attributes TO ashlar_ingest_system;
GRANT SELECT ON ingest.entity_values TO ashlar_ingest_api, ashlar_ingest_system;
GRANT SELECT ON ingest.entity_jsonb TO ashlar_ingest_api;
GRANT SELECT, INSERT, UPDATE ON ingest.entity_jsonb TO ashlar_ingest_system;
GRANT SELECT ON ingest.loaded_offsets TO ashlar_ingest_api;
GRANT SELECT, INSERT, UPDATE ON ingest.loaded_offsets TO ashlar_ingest_system;
GRANT SELECT ON ingest.loaded_chunks TO ashlar_ingest_api;
GRANT SELECT, INSERT, UPDATE, DELETE ON ingest.loaded_chunks TO ashlar_ingest_system;
GRANT SELECT, INSERT, UPDATE ON ingest.batches TO ashlar_ingest_api;
GRANT SELECT, DELETE ON ingest.batches TO ashlar_ingest_system;
GRANT SELECT ON ingest.batch_totals TO ashlar_ingest_api;
GRANT SELECT, INSERT, UPDATE ON ingest.batch_totals TO ashlar_ingest_system;
GRANT SELECT ON ingest.dead_letters TO ashlar_ingest_api;
GRANT SELECT, INSERT, UPDATE ON ingest.dead_letters TO ashlar_ingest_system;
GRANT SELECT ON ingest.entity_jsonb, ingest.entity_values, ingest.loaded_offsets, ingest.attributes TO ashlar_router_api;

-- Makes the leaf of a month if it is not there. Run by the owner, under the keeper's advisory lock. Bounds are in UTC whatever
-- the session's zone is. A leaf has no row-level security, which COPY needs, and only _system may touch it.
CREATE FUNCTION ingest.ensure_month(in_month date) RETURNS boolean
    LANGUAGE plpgsql
    SET search_path = pg_catalog
AS $$
DECLARE
    since date := date_trunc('month', in_month)::date;
    upto  date := (date_trunc('month', in_month) + interval '1 month')::date;
    leaf  text := 'entity_values_' || to_char(since, 'YYYYMM');
BEGIN
    IF to_regclass(format('ingest.%I', leaf)) IS NOT NULL THEN
        RETURN false;
    END IF;
    EXECUTE format('CREATE TABLE ingest.%I (LIKE ingest.entity_values INCLUDING ALL)', leaf);
    EXECUTE format('ALTER TABLE ingest.entity_values ATTACH PARTITION ingest.%I FOR VALUES FROM (%L) TO (%L)',
                   leaf, to_char(since, 'YYYY-MM-DD') || ' 00:00:00+00', to_char(upto, 'YYYY-MM-DD') || ' 00:00:00+00');
    EXECUTE format('GRANT SELECT, INSERT ON ingest.%I TO ashlar_ingest_system', leaf);
    RETURN true;
END
$$;
REVOKE EXECUTE ON FUNCTION ingest.ensure_month(date) FROM PUBLIC;

SELECT ingest.ensure_month((date_trunc('month', now() AT TIME ZONE 'UTC') + n * interval '1 month')::date)
FROM generate_series(0, 3) AS n;
