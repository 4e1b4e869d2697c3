-- Publishing a shared set passes by the tenants that ask for impacts, where somebody might gain by it.
CREATE POLICY shared ON authz.policy_settings TO ashlar_authz_system USING (true) WITH CHECK (true);
GRANT SELECT ON authz.policy_settings TO ashlar_authz_system;
