-- Where timelines ended: successor is the timeline whose history this is, timeline its ancestor.
-- No tenant's data, so no row-level security; nobody but the router's own pods looks.
CREATE TABLE router.timelines (
    system_id   text        NOT NULL CHECK (system_id <> ''),
    successor   integer     NOT NULL CHECK (successor > 1),
    timeline    integer     NOT NULL CHECK (timeline >= 1 AND timeline < successor),
    switch_lsn  pg_lsn      NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (system_id, successor, timeline)
);

GRANT USAGE ON SCHEMA router TO ashlar_router_system;
GRANT SELECT, INSERT ON router.timelines TO ashlar_router_system;
