-- Leaves are made while the service runs. It calls the owner's function, so that it needs not the owner's password.
ALTER FUNCTION ingest.ensure_month(date) SECURITY DEFINER;
GRANT EXECUTE ON FUNCTION ingest.ensure_month(date) TO ashlar_ingest_system;
