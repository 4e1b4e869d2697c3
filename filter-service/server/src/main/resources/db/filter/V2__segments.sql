-- Saved filters. A segment belongs to a dataset by name, not to a version of it: what a change of the dataset would break is
-- said when the dataset is declared. "uses" repeats the segments that the filter speaks of, so that what stands for a query is
-- found in one statement.

CREATE TABLE filter.segments (
    tenant_id   uuid        NOT NULL,
    dataset     text        COLLATE "C" NOT NULL,
    id          uuid        NOT NULL,
    version     bigint      NOT NULL CHECK (version >= 1),
    owner       text        COLLATE "C" NOT NULL,
    name        text        COLLATE "C" NOT NULL CHECK (char_length(name) BETWEEN 1 AND 128),
    description text        NOT NULL CHECK (char_length(description) <= 2000),
    shared      text        NOT NULL CHECK (shared IN ('private', 'tenant')),
    filter      text        NOT NULL CHECK (filter IS JSON OBJECT WITH UNIQUE KEYS),
    uses        uuid[]      NOT NULL CHECK (cardinality(uses) <= 100),
    created_at  timestamptz NOT NULL,
    updated_at  timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, dataset, id),
    FOREIGN KEY (tenant_id, dataset) REFERENCES filter.datasets (tenant_id, name)
);

CREATE INDEX segments_by_name ON filter.segments (tenant_id, dataset, name, id);

ALTER TABLE filter.segments ENABLE ROW LEVEL SECURITY;
ALTER TABLE filter.segments FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON filter.segments
    USING (tenant_id = (select nullif(current_setting('ashlar.tenant', true), '')::uuid));

GRANT SELECT, INSERT, UPDATE, DELETE ON filter.segments TO ashlar_filter_api;
