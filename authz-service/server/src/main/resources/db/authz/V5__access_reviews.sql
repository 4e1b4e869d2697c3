-- Access reviews: who had what when a review began, what reviewers said of it, and what became of it. Nothing is ever deleted: it is
-- evidence.

CREATE TABLE authz.access_reviews (
    tenant_id uuid NOT NULL REFERENCES authz.tenants,
    id text COLLATE "C" NOT NULL CHECK (length(id) BETWEEN 1 AND 64),
    -- The tenant's revision whose grants are reviewed.
    revision bigint NOT NULL,
    due_at timestamptz NOT NULL,
    lapse boolean NOT NULL,
    -- Roles and groups that are reviewed; none: all.
    roles text[] NOT NULL,
    groups text[] NOT NULL,
    reason text CHECK (length(reason) <= 1000),
    created_by text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    -- Since when nothing of it changes by its due date any more.
    closed_at timestamptz,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX access_reviews_due ON authz.access_reviews (due_at) WHERE closed_at IS NULL;

-- One grant under review. Its id are the four names with spaces, which none of them has, so that pages are in their order.
CREATE TABLE authz.access_grants (
    tenant_id uuid NOT NULL,
    review_id text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL,
    subject_type text NOT NULL CHECK (subject_type IN ('User', 'Group')),
    subject_id text COLLATE "C" NOT NULL,
    grant_type text NOT NULL CHECK (grant_type IN ('Role', 'Group')),
    grant_id text COLLATE "C" NOT NULL,
    -- The last word.
    verdict text CHECK (verdict IN ('keep', 'revoke')),
    attested_by text,
    attested_at timestamptz,
    until timestamptz,
    reason text CHECK (length(reason) <= 1000),
    -- What became of it: taken away by a reviewer or by a date, gone before, spared, or kept by a later review.
    outcome text CHECK (outcome IN ('revoked', 'lapsed', 'gone', 'spared', 'renewed')),
    outcome_at timestamptz,
    PRIMARY KEY (tenant_id, review_id, id),
    FOREIGN KEY (tenant_id, review_id) REFERENCES authz.access_reviews
);
CREATE INDEX access_grants_until ON authz.access_grants (until) WHERE outcome IS NULL AND verdict = 'keep';

-- Every word that was ever said.
CREATE TABLE authz.access_attestations (
    tenant_id uuid NOT NULL,
    review_id text COLLATE "C" NOT NULL,
    number bigint GENERATED ALWAYS AS IDENTITY,
    grant_id text COLLATE "C" NOT NULL,
    verdict text NOT NULL CHECK (verdict IN ('keep', 'revoke', 'lapse', 'spare')),
    attested_by text NOT NULL,
    attested_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    until timestamptz,
    reason text CHECK (length(reason) <= 1000),
    PRIMARY KEY (tenant_id, review_id, number),
    FOREIGN KEY (tenant_id, review_id, grant_id) REFERENCES authz.access_grants
);

ALTER TABLE authz.access_reviews ENABLE ROW LEVEL SECURITY;
ALTER TABLE authz.access_reviews FORCE ROW LEVEL SECURITY;
ALTER TABLE authz.access_grants ENABLE ROW LEVEL SECURITY;
ALTER TABLE authz.access_grants FORCE ROW LEVEL SECURITY;
ALTER TABLE authz.access_attestations ENABLE ROW LEVEL SECURITY;
ALTER TABLE authz.access_attestations FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON authz.access_reviews TO ashlar_authz_api
    USING (tenant_id = (select nullif(current_setting('ashlar.tenant', true), '')::uuid))
    WITH CHECK (tenant_id = (select nullif(current_setting('ashlar.tenant', true), '')::uuid));
CREATE POLICY tenant ON authz.access_grants TO ashlar_authz_api
    USING (tenant_id = (select nullif(current_setting('ashlar.tenant', true), '')::uuid))
    WITH CHECK (tenant_id = (select nullif(current_setting('ashlar.tenant', true), '')::uuid));
CREATE POLICY tenant ON authz.access_attestations TO ashlar_authz_api
    USING (tenant_id = (select nullif(current_setting('ashlar.tenant', true), '')::uuid))
    WITH CHECK (tenant_id = (select nullif(current_setting('ashlar.tenant', true), '')::uuid));
-- Which tenants have something due is asked over all of them; what is done about it is done in each one's own transaction.
CREATE POLICY due ON authz.access_reviews TO ashlar_authz_system USING (true) WITH CHECK (true);
CREATE POLICY due ON authz.access_grants TO ashlar_authz_system USING (true) WITH CHECK (true);

GRANT SELECT, INSERT ON authz.access_reviews TO ashlar_authz_api;
GRANT UPDATE (closed_at) ON authz.access_reviews TO ashlar_authz_api;
GRANT SELECT, INSERT ON authz.access_grants TO ashlar_authz_api;
GRANT UPDATE (verdict, attested_by, attested_at, until, reason, outcome, outcome_at) ON authz.access_grants TO ashlar_authz_api;
GRANT SELECT, INSERT ON authz.access_attestations TO ashlar_authz_api;
GRANT SELECT ON authz.access_reviews TO ashlar_authz_system;
GRANT SELECT ON authz.access_grants TO ashlar_authz_system;
