-- Who there is, what they may do, and what changed: schema authz of the database control.
-- Everything is append-only but the counters: a revision of a tenant can be read again for as long as the audit log is kept.

CREATE TABLE authz.tenants (
    tenant_id uuid PRIMARY KEY,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    first_admin text NOT NULL,
    edition bigint NOT NULL DEFAULT 1,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- The counters of a tenant. Every change updates this row first, in its own transaction: changes of one tenant follow one
-- another, and their numbers have no gaps.
CREATE TABLE authz.revisions (
    tenant_id uuid PRIMARY KEY REFERENCES authz.tenants,
    revision bigint NOT NULL CHECK (revision >= 0),
    policy_version bigint NOT NULL CHECK (policy_version >= 0)
);

-- The state of a principal since a revision.
CREATE TABLE authz.principals (
    tenant_id uuid NOT NULL REFERENCES authz.tenants,
    kind text NOT NULL CHECK (kind IN ('user', 'group', 'role')),
    id text COLLATE "C" NOT NULL CHECK (length(id) BETWEEN 1 AND 255),
    revision bigint NOT NULL,
    roles text[] NOT NULL,
    groups text[] NOT NULL,
    attributes jsonb NOT NULL CHECK (jsonb_typeof(attributes) = 'object'),
    deleted boolean NOT NULL,
    changed_by text NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (tenant_id, kind, id, revision)
);

-- The text of a policy since a version of the tenant's policies.
CREATE TABLE authz.policies (
    tenant_id uuid NOT NULL REFERENCES authz.tenants,
    id text COLLATE "C" NOT NULL CHECK (length(id) BETWEEN 1 AND 64),
    version bigint NOT NULL,
    cedar text NOT NULL CHECK (length(cedar) BETWEEN 1 AND 65536),
    deleted boolean NOT NULL,
    changed_by text NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (tenant_id, id, version)
);

-- Changes that the relay has not yet published; it deletes what the broker has acknowledged.
CREATE TABLE authz.outbox (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id uuid NOT NULL,
    revision bigint NOT NULL,
    policy_version bigint NOT NULL,
    committed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- The relay's term of office: raised by whoever takes the advisory lock.
CREATE TABLE authz.relay (
    id smallint PRIMARY KEY CHECK (id = 1),
    epoch bigint NOT NULL
);
INSERT INTO authz.relay (id, epoch) VALUES (1, 0);

ALTER TABLE authz.tenants ENABLE ROW LEVEL SECURITY;
ALTER TABLE authz.tenants FORCE ROW LEVEL SECURITY;
ALTER TABLE authz.revisions ENABLE ROW LEVEL SECURITY;
ALTER TABLE authz.revisions FORCE ROW LEVEL SECURITY;
ALTER TABLE authz.principals ENABLE ROW LEVEL SECURITY;
ALTER TABLE authz.principals FORCE ROW LEVEL SECURITY;
ALTER TABLE authz.policies ENABLE ROW LEVEL SECURITY;
ALTER TABLE authz.policies FORCE ROW LEVEL SECURITY;
ALTER TABLE authz.outbox ENABLE ROW LEVEL SECURITY;
ALTER TABLE authz.outbox FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON authz.tenants TO ashlar_authz_api
    USING (tenant_id = (select nullif(current_setting('ashlar.tenant', true), '')::uuid))
    WITH CHECK (tenant_id = (select nullif(current_setting('ashlar.tenant', true), '')::uuid));
CREATE POLICY tenant ON authz.revisions TO ashlar_authz_api
    USING (tenant_id = (select nullif(current_setting('ashlar.tenant', true), '')::uuid))
    WITH CHECK (tenant_id = (select nullif(current_setting('ashlar.tenant', true), '')::uuid));
CREATE POLICY tenant ON authz.principals TO ashlar_authz_api
    USING (tenant_id = (select nullif(current_setting('ashlar.tenant', true), '')::uuid))
    WITH CHECK (tenant_id = (select nullif(current_setting('ashlar.tenant', true), '')::uuid));
CREATE POLICY tenant ON authz.policies TO ashlar_authz_api
    USING (tenant_id = (select nullif(current_setting('ashlar.tenant', true), '')::uuid))
    WITH CHECK (tenant_id = (select nullif(current_setting('ashlar.tenant', true), '')::uuid));
CREATE POLICY tenant ON authz.outbox TO ashlar_authz_api
    USING (tenant_id = (select nullif(current_setting('ashlar.tenant', true), '')::uuid))
    WITH CHECK (tenant_id = (select nullif(current_setting('ashlar.tenant', true), '')::uuid));
CREATE POLICY relay ON authz.outbox TO ashlar_authz_system USING (true) WITH CHECK (true);

GRANT SELECT, INSERT ON authz.tenants TO ashlar_authz_api;
GRANT UPDATE (name, edition) ON authz.tenants TO ashlar_authz_api;
GRANT SELECT, INSERT ON authz.revisions TO ashlar_authz_api;
GRANT UPDATE (revision, policy_version) ON authz.revisions TO ashlar_authz_api;
GRANT SELECT, INSERT ON authz.principals TO ashlar_authz_api;
GRANT SELECT, INSERT ON authz.policies TO ashlar_authz_api;
GRANT INSERT ON authz.outbox TO ashlar_authz_api;
GRANT SELECT, DELETE ON authz.outbox TO ashlar_authz_system;
GRANT SELECT ON authz.relay TO ashlar_authz_system;
GRANT UPDATE (epoch) ON authz.relay TO ashlar_authz_system;
