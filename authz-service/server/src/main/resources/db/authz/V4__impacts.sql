-- The gate on impacts: signed results that are attached to a draft, and who approved what somebody gains by it. What was decided
-- by them stays in the version's note; they themselves go with the draft.

-- Which datasets a tenant wants to see the impact on; policy_settings.impact says whether it must be seen.
ALTER TABLE authz.policy_settings ADD COLUMN impact_datasets text[] NOT NULL DEFAULT '{}';

-- What was shown and approved when a version was published; none: nothing was asked for.
ALTER TABLE authz.policy_versions ADD COLUMN impact jsonb CHECK (jsonb_typeof(impact) = 'object');

-- Of one edition of a draft: an edition is never used twice, so a change of the draft leaves them behind.
CREATE TABLE authz.draft_impacts (
    tenant_id uuid NOT NULL REFERENCES authz.tenants,
    draft_id text COLLATE "C" NOT NULL,
    edition bigint NOT NULL,
    id text COLLATE "C" NOT NULL,
    dataset text COLLATE "C" NOT NULL,
    jws text NOT NULL CHECK (length(jws) <= 262144),
    attached_by text NOT NULL,
    attached_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (tenant_id, draft_id, edition, id)
);

-- An approval is of what was attached when it was given.
CREATE TABLE authz.draft_approvals (
    tenant_id uuid NOT NULL REFERENCES authz.tenants,
    draft_id text COLLATE "C" NOT NULL,
    edition bigint NOT NULL,
    evidence text COLLATE "C" NOT NULL,
    approved_by text COLLATE "C" NOT NULL,
    reason text CHECK (length(reason) <= 1000),
    approved_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (tenant_id, draft_id, edition, evidence, approved_by)
);

ALTER TABLE authz.draft_impacts ENABLE ROW LEVEL SECURITY;
ALTER TABLE authz.draft_impacts FORCE ROW LEVEL SECURITY;
ALTER TABLE authz.draft_approvals ENABLE ROW LEVEL SECURITY;
ALTER TABLE authz.draft_approvals FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON authz.draft_impacts TO ashlar_authz_api
    USING (tenant_id = (select nullif(current_setting('ashlar.tenant', true), '')::uuid))
    WITH CHECK (tenant_id = (select nullif(current_setting('ashlar.tenant', true), '')::uuid));
CREATE POLICY tenant ON authz.draft_approvals TO ashlar_authz_api
    USING (tenant_id = (select nullif(current_setting('ashlar.tenant', true), '')::uuid))
    WITH CHECK (tenant_id = (select nullif(current_setting('ashlar.tenant', true), '')::uuid));

GRANT UPDATE (impact, impact_datasets) ON authz.policy_settings TO ashlar_authz_api;
GRANT SELECT, INSERT, DELETE ON authz.draft_impacts TO ashlar_authz_api;
GRANT SELECT, INSERT, DELETE ON authz.draft_approvals TO ashlar_authz_api;
