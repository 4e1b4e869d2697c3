-- Roles and schemas of the database "control": a contract (design §3, "Database roles"). The local stack runs this file
-- as superuser in that database; an install on Kubernetes must make the same. Running it again changes nothing.
--
-- For each schema three roles, all of which log in, none of which is superuser or bypasses row-level security:
--   ashlar_<schema>_owner   migrations and partitions; owns the schema and what is in it; logs in for these only
--   ashlar_<schema>_api     requests; row-level security applies; the owner's migrations grant what it may touch
--   ashlar_<schema>_system  background work over all tenants (claims, relay, sweeping), through policies of its own
-- Nobody but an owner can create anything anywhere; "public" is closed. Passwords are set apart from this file.

DO $$
DECLARE
    service TEXT;
    purpose TEXT;
    role_name TEXT;
BEGIN
    FOREACH service IN ARRAY ARRAY['authz', 'filter', 'export'] LOOP
        FOREACH purpose IN ARRAY ARRAY['owner', 'api', 'system'] LOOP
            role_name := format('ashlar_%s_%s', service, purpose);
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
                EXECUTE format(
                    'CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT NOREPLICATION NOBYPASSRLS',
                    role_name);
            END IF;
            -- Unqualified names mean the service's own schema and nothing else.
            EXECUTE format('ALTER ROLE %I SET search_path = %I', role_name, service);
            EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), role_name);
        END LOOP;
        EXECUTE format('CREATE SCHEMA IF NOT EXISTS %I AUTHORIZATION %I', service, format('ashlar_%s_owner', service));
        EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I, %I',
            service, format('ashlar_%s_api', service), format('ashlar_%s_system', service));
    END LOOP;
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('ALTER DATABASE %I SET timezone = ''UTC''', current_database());
END
$$;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
CREATE EXTENSION IF NOT EXISTS pg_stat_statements SCHEMA public;
