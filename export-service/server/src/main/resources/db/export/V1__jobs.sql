-- The queue. One row is one piece of work; who holds it is said by state, lease_until and fence. Claims, heartbeats and
-- ends are the business of _system, which works on all tenants; requests are served as _api, under row-level security.

CREATE TABLE export.jobs (
    id               uuid        NOT NULL PRIMARY KEY,
    tenant_id        uuid        NOT NULL,
    subject          text        NOT NULL CHECK (char_length(subject) BETWEEN 1 AND 255),
    kind             text        NOT NULL CHECK (kind IN ('export', 'delivery')),
    lane             text        NOT NULL CHECK (lane IN ('small', 'large', 'pdf', 'delivery')),
    -- 0 critical, 1 high, 2 standard, 3 low.
    priority         smallint    NOT NULL CHECK (priority BETWEEN 0 AND 3),
    state            text        NOT NULL DEFAULT 'queued'
        CHECK (state IN ('queued', 'running', 'succeeded', 'failed', 'cancelled', 'dead')),
    spec             jsonb       NOT NULL,
    as_of            jsonb       NOT NULL,
    available_at     timestamptz NOT NULL DEFAULT now(),
    attempts         integer     NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    max_attempts     integer     NOT NULL CHECK (max_attempts BETWEEN 1 AND 100),
    -- Raised by each claim: whoever holds an older one can change nothing.
    fence            bigint      NOT NULL DEFAULT 0,
    worker           text,
    lease_until      timestamptz,
    cancel_requested boolean     NOT NULL DEFAULT false,
    rows             bigint      NOT NULL DEFAULT 0,
    bytes            bigint      NOT NULL DEFAULT 0,
    object_key       text,
    receipt          text,
    error_code       text,
    error_detail     text,
    -- W3C trace context of the request, so that the run belongs to its trace.
    traceparent      text,
    request_id       text,
    created_at       timestamptz NOT NULL DEFAULT now(),
    started_at       timestamptz,
    finished_at      timestamptz,
    expires_at       timestamptz,
    CHECK ((state = 'running') = (lease_until IS NOT NULL)),
    CHECK ((state IN ('succeeded', 'failed', 'cancelled', 'dead')) = (finished_at IS NOT NULL))
);

-- What a claim looks for, tenant by tenant.
CREATE INDEX jobs_queued ON export.jobs (lane, tenant_id, priority, available_at, id) WHERE state = 'queued';
CREATE INDEX jobs_running ON export.jobs (lane, tenant_id, lease_until) WHERE state = 'running';
CREATE INDEX jobs_listed ON export.jobs (tenant_id, created_at DESC, id DESC) WHERE kind = 'export';
CREATE INDEX jobs_expiring ON export.jobs (expires_at) WHERE object_key IS NOT NULL;
CREATE INDEX jobs_finished ON export.jobs (finished_at) WHERE finished_at IS NOT NULL;

-- What an attempt writes to, noted before it writes: the sweeper removes what no winner names.
CREATE TABLE export.attempt_objects (
    object_key text        NOT NULL PRIMARY KEY,
    job_id     uuid        NOT NULL,
    tenant_id  uuid        NOT NULL,
    fence      bigint      NOT NULL,
    upload_id  text,
    created_at timestamptz NOT NULL DEFAULT now()
);

-- Answers to requests with an idempotency key, for 24 hours.
CREATE TABLE export.idempotency_keys (
    tenant_id    uuid        NOT NULL,
    subject      text        NOT NULL,
    route        text        NOT NULL,
    key          text        NOT NULL CHECK (char_length(key) BETWEEN 1 AND 255),
    request_hash text        NOT NULL,
    status       integer,
    body         text,
    created_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, subject, route, key)
);

CREATE INDEX idempotency_keys_old ON export.idempotency_keys (created_at);

-- State changes not yet published (transactional outbox).
CREATE TABLE export.events (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id  uuid        NOT NULL,
    job_id     uuid        NOT NULL,
    body       jsonb       NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);

-- Whatever changes a state also announces it and, at the end, owes the webhook its call, in the same transaction: no path
-- through the code can forget it.
CREATE FUNCTION export.announce() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = ''
AS $$
BEGIN
    INSERT INTO export.events (tenant_id, job_id, body)
    VALUES (NEW.tenant_id, NEW.id, jsonb_strip_nulls(jsonb_build_object(
        'export_id', NEW.id,
        'tenant', NEW.tenant_id,
        'subject', NEW.subject,
        'source', NEW.spec ->> 'source',
        'state', NEW.state,
        'rows', NEW.rows,
        'bytes', NEW.bytes,
        'attempts', NEW.attempts,
        'error_code', NEW.error_code)));
    IF NEW.finished_at IS NOT NULL AND NEW.spec #>> '{notify,webhook}' IS NOT NULL THEN
        INSERT INTO export.jobs
            (id, tenant_id, subject, kind, lane, priority, spec, as_of, max_attempts, traceparent, request_id)
        VALUES (
            uuidv7(), NEW.tenant_id, NEW.subject, 'delivery', 'delivery', NEW.priority,
            jsonb_build_object(
                'url', NEW.spec #>> '{notify,webhook}',
                'body', jsonb_strip_nulls(jsonb_build_object(
                    'type', 'export.' || NEW.state,
                    'timestamp', to_char(NEW.finished_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                    'data', jsonb_build_object(
                        'export_id', NEW.id,
                        'source', NEW.spec ->> 'source',
                        'state', NEW.state,
                        'rows', NEW.rows,
                        'bytes', NEW.bytes,
                        'error_code', NEW.error_code)))),
            '{"kind": "run time"}', (NEW.spec #>> '{notify,attempts}')::integer, NEW.traceparent, NEW.request_id);
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER announce_new AFTER INSERT ON export.jobs
    FOR EACH ROW WHEN (NEW.kind = 'export') EXECUTE FUNCTION export.announce();
CREATE TRIGGER announce_change AFTER UPDATE OF state ON export.jobs
    FOR EACH ROW WHEN (NEW.kind = 'export' AND OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION export.announce();

ALTER TABLE export.jobs ENABLE ROW LEVEL SECURITY;
ALTER TABLE export.jobs FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON export.jobs
    USING (tenant_id = (select nullif(current_setting('ashlar.tenant', true), '')::uuid));
CREATE POLICY system ON export.jobs TO ashlar_export_system USING (true) WITH CHECK (true);

ALTER TABLE export.attempt_objects ENABLE ROW LEVEL SECURITY;
ALTER TABLE export.attempt_objects FORCE ROW LEVEL SECURITY;
CREATE POLICY system ON export.attempt_objects TO ashlar_export_system USING (true) WITH CHECK (true);

ALTER TABLE export.idempotency_keys ENABLE ROW LEVEL SECURITY;
ALTER TABLE export.idempotency_keys FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON export.idempotency_keys
    USING (tenant_id = (select nullif(current_setting('ashlar.tenant', true), '')::uuid));
CREATE POLICY system ON export.idempotency_keys TO ashlar_export_system USING (true) WITH CHECK (true);

ALTER TABLE export.events ENABLE ROW LEVEL SECURITY;
ALTER TABLE export.events FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON export.events
    USING (tenant_id = (select nullif(current_setting('ashlar.tenant', true), '')::uuid));
CREATE POLICY system ON export.events TO ashlar_export_system USING (true) WITH CHECK (true);

GRANT SELECT, INSERT ON export.jobs TO ashlar_export_api;
GRANT UPDATE (cancel_requested, state, finished_at) ON export.jobs TO ashlar_export_api;
GRANT SELECT, INSERT, UPDATE ON export.idempotency_keys TO ashlar_export_api;
GRANT INSERT ON export.events TO ashlar_export_api;

GRANT SELECT, INSERT, UPDATE, DELETE ON export.jobs TO ashlar_export_system;
GRANT SELECT, INSERT, UPDATE, DELETE ON export.attempt_objects TO ashlar_export_system;
GRANT SELECT, DELETE ON export.idempotency_keys TO ashlar_export_system;
GRANT SELECT, INSERT, DELETE ON export.events TO ashlar_export_system;
