-- Resource entities that live here: types that a tenant has registered as authz's own, and their entities, by revision.

-- Whether a type is authz's own since a revision.
CREATE TABLE authz.entity_types (
    tenant_id uuid NOT NULL REFERENCES authz.tenants,
    type text COLLATE "C" NOT NULL CHECK (length(type) BETWEEN 1 AND 256),
    revision bigint NOT NULL,
    deleted boolean NOT NULL,
    changed_by text NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (tenant_id, type, revision)
);

-- The state of an entity since a revision.
CREATE TABLE authz.entities (
    tenant_id uuid NOT NULL REFERENCES authz.tenants,
    type text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL CHECK (length(id) BETWEEN 1 AND 256),
    revision bigint NOT NULL,
    parents jsonb NOT NULL CHECK (jsonb_typeof(parents) = 'array'),
    attributes jsonb NOT NULL CHECK (jsonb_typeof(attributes) = 'object'),
    deleted boolean NOT NULL,
    changed_by text NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (tenant_id, type, id, revision)
);

ALTER TABLE authz.entity_types ENABLE ROW LEVEL SECURITY;
ALTER TABLE authz.entity_types FORCE ROW LEVEL SECURITY;
ALTER TABLE authz.entities ENABLE ROW LEVEL SECURITY;
ALTER TABLE authz.entities FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON authz.entity_types TO ashlar_authz_api
    USING (tenant_id = (select nullif(current_setting('ashlar.tenant', true), '')::uuid))
    WITH CHECK (tenant_id = (select nullif(current_setting('ashlar.tenant', true), '')::uuid));
CREATE POLICY tenant ON authz.entities TO ashlar_authz_api
    USING (tenant_id = (select nullif(current_setting('ashlar.tenant', true), '')::uuid))
    WITH CHECK (tenant_id = (select nullif(current_setting('ashlar.tenant', true), '')::uuid));

GRANT SELECT, INSERT ON authz.entity_types TO ashlar_authz_api;
GRANT SELECT, INSERT ON authz.entities TO ashlar_authz_api;
