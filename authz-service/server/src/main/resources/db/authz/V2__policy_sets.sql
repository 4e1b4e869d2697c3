-- How policies come into force: drafts, versions with what belongs to them, shared sets of the platform, a tenant's own rules
-- for publishing. A version of a tenant's policies is what authz.policies, authz.policy_documents and authz.tenant_shared say
-- up to its number; nothing here is ever rewritten but drafts and settings.

-- What a version is and where it came from. Versions that were made before this table have no row.
CREATE TABLE authz.policy_versions (
    tenant_id uuid NOT NULL REFERENCES authz.tenants,
    version bigint NOT NULL,
    kind text NOT NULL CHECK (kind IN ('created', 'edit', 'publish', 'rollback', 'shared')),
    source text,
    reason text CHECK (length(reason) <= 1000),
    drafted_by text,
    published_by text NOT NULL,
    published_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (tenant_id, version)
);

-- The Cedar schema and the test cases of a tenant's policies since a version.
CREATE TABLE authz.policy_documents (
    tenant_id uuid NOT NULL REFERENCES authz.tenants,
    kind text NOT NULL CHECK (kind IN ('schema', 'tests')),
    version bigint NOT NULL,
    body text NOT NULL CHECK (length(body) <= 131072),
    deleted boolean NOT NULL,
    PRIMARY KEY (tenant_id, kind, version)
);

-- Changes that are being prepared. An edition is never used twice, so what was said of one is said of no other.
CREATE SEQUENCE authz.draft_editions;
CREATE TABLE authz.policy_drafts (
    tenant_id uuid NOT NULL REFERENCES authz.tenants,
    id text COLLATE "C" NOT NULL CHECK (length(id) BETWEEN 1 AND 64),
    edition bigint NOT NULL,
    base_version bigint NOT NULL,
    changes jsonb NOT NULL CHECK (jsonb_typeof(changes) = 'object'),
    reason text CHECK (length(reason) <= 1000),
    changed_by text NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (tenant_id, id)
);

-- A tenant's own rules for publishing; without a row the mildest.
CREATE TABLE authz.policy_settings (
    tenant_id uuid PRIMARY KEY REFERENCES authz.tenants,
    edition bigint NOT NULL,
    two_person boolean NOT NULL,
    -- For the gate on signed impacts, which is to come; nobody can set it yet.
    impact text NOT NULL CHECK (impact IN ('optional', 'required')),
    changed_by text NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- Policy sets of the platform, which belong to no tenant: each version whole.
CREATE TABLE authz.shared_versions (
    set_id text COLLATE "C" NOT NULL CHECK (length(set_id) BETWEEN 1 AND 64),
    version bigint NOT NULL CHECK (version > 0),
    policies jsonb NOT NULL CHECK (jsonb_typeof(policies) = 'object'),
    tests text CHECK (length(tests) <= 131072),
    mandatory boolean NOT NULL,
    reason text CHECK (length(reason) <= 1000),
    published_by text NOT NULL,
    published_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (set_id, version)
);

-- Which version of a shared set holds for a tenant since a version of its policies; none: the tenant goes without.
CREATE TABLE authz.tenant_shared (
    tenant_id uuid NOT NULL REFERENCES authz.tenants,
    set_id text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    set_version bigint,
    PRIMARY KEY (tenant_id, set_id, version),
    FOREIGN KEY (set_id, set_version) REFERENCES authz.shared_versions
);

ALTER TABLE authz.policy_versions ENABLE ROW LEVEL SECURITY;
ALTER TABLE authz.policy_versions FORCE ROW LEVEL SECURITY;
ALTER TABLE authz.policy_documents ENABLE ROW LEVEL SECURITY;
ALTER TABLE authz.policy_documents FORCE ROW LEVEL SECURITY;
ALTER TABLE authz.policy_drafts ENABLE ROW LEVEL SECURITY;
ALTER TABLE authz.policy_drafts FORCE ROW LEVEL SECURITY;
ALTER TABLE authz.policy_settings ENABLE ROW LEVEL SECURITY;
ALTER TABLE authz.policy_settings FORCE ROW LEVEL SECURITY;
ALTER TABLE authz.tenant_shared ENABLE ROW LEVEL SECURITY;
ALTER TABLE authz.tenant_shared FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON authz.policy_versions TO ashlar_authz_api
    USING (tenant_id = (select nullif(current_setting('ashlar.tenant', true), '')::uuid))
    WITH CHECK (tenant_id = (select nullif(current_setting('ashlar.tenant', true), '')::uuid));
CREATE POLICY tenant ON authz.policy_documents TO ashlar_authz_api
    USING (tenant_id = (select nullif(current_setting('ashlar.tenant', true), '')::uuid))
    WITH CHECK (tenant_id = (select nullif(current_setting('ashlar.tenant', true), '')::uuid));
CREATE POLICY tenant ON authz.policy_drafts TO ashlar_authz_api
    USING (tenant_id = (select nullif(current_setting('ashlar.tenant', true), '')::uuid))
    WITH CHECK (tenant_id = (select nullif(current_setting('ashlar.tenant', true), '')::uuid));
CREATE POLICY tenant ON authz.policy_settings TO ashlar_authz_api
    USING (tenant_id = (select nullif(current_setting('ashlar.tenant', true), '')::uuid))
    WITH CHECK (tenant_id = (select nullif(current_setting('ashlar.tenant', true), '')::uuid));
CREATE POLICY tenant ON authz.tenant_shared TO ashlar_authz_api
    USING (tenant_id = (select nullif(current_setting('ashlar.tenant', true), '')::uuid))
    WITH CHECK (tenant_id = (select nullif(current_setting('ashlar.tenant', true), '')::uuid));
-- Publishing a shared set counts a change in every tenant that takes it, in one transaction.
CREATE POLICY shared ON authz.revisions TO ashlar_authz_system USING (true) WITH CHECK (true);
CREATE POLICY shared ON authz.policy_versions TO ashlar_authz_system USING (true) WITH CHECK (true);
CREATE POLICY shared ON authz.tenant_shared TO ashlar_authz_system USING (true) WITH CHECK (true);

GRANT USAGE ON SEQUENCE authz.draft_editions TO ashlar_authz_api;
GRANT SELECT, INSERT ON authz.policy_versions TO ashlar_authz_api;
GRANT SELECT, INSERT ON authz.policy_documents TO ashlar_authz_api;
GRANT SELECT, INSERT, DELETE ON authz.policy_drafts TO ashlar_authz_api;
GRANT UPDATE (edition, base_version, changes, reason, changed_by, changed_at) ON authz.policy_drafts TO ashlar_authz_api;
GRANT SELECT, INSERT ON authz.policy_settings TO ashlar_authz_api;
GRANT UPDATE (edition, two_person, changed_by, changed_at) ON authz.policy_settings TO ashlar_authz_api;
GRANT SELECT ON authz.shared_versions TO ashlar_authz_api;
GRANT SELECT, INSERT ON authz.tenant_shared TO ashlar_authz_api;
GRANT SELECT, INSERT ON authz.shared_versions TO ashlar_authz_system;
GRANT SELECT ON authz.revisions TO ashlar_authz_system;
GRANT UPDATE (revision, policy_version) ON authz.revisions TO ashlar_authz_system;
GRANT INSERT ON authz.policy_versions TO ashlar_authz_system;
GRANT SELECT, INSERT ON authz.tenant_shared TO ashlar_authz_system;
GRANT INSERT ON authz.outbox TO ashlar_authz_system;
