-- The dataset registry. A declaration never changes: a change is another version, and "datasets" names the current one.
-- Whoever asks for rows is bound to a version by the cursor and the seal, so that old versions stay readable.

CREATE TABLE filter.datasets (
    tenant_id   uuid        NOT NULL,
    name        text        COLLATE "C" NOT NULL CHECK (char_length(name) BETWEEN 1 AND 128),
    version     bigint      NOT NULL CHECK (version >= 1),
    declared_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, name)
);

CREATE TABLE filter.dataset_versions (
    tenant_id   uuid        NOT NULL,
    name        text        COLLATE "C" NOT NULL,
    version     bigint      NOT NULL CHECK (version >= 1),
    declaration text        NOT NULL CHECK (declaration IS JSON OBJECT WITH UNIQUE KEYS),
    declared_by text        NOT NULL,
    declared_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, name, version),
    FOREIGN KEY (tenant_id, name) REFERENCES filter.datasets (tenant_id, name)
);

ALTER TABLE filter.datasets ENABLE ROW LEVEL SECURITY;
ALTER TABLE filter.datasets FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON filter.datasets
    USING (tenant_id = (select nullif(current_setting('ashlar.tenant', true), '')::uuid));

ALTER TABLE filter.dataset_versions ENABLE ROW LEVEL SECURITY;
ALTER TABLE filter.dataset_versions FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON filter.dataset_versions
    USING (tenant_id = (select nullif(current_setting('ashlar.tenant', true), '')::uuid));

GRANT USAGE ON SCHEMA filter TO ashlar_filter_api, ashlar_filter_system;
GRANT SELECT, INSERT, UPDATE ON filter.datasets TO ashlar_filter_api;
-- No UPDATE and no DELETE: a version is immutable for everybody who serves requests.
GRANT SELECT, INSERT ON filter.dataset_versions TO ashlar_filter_api;
