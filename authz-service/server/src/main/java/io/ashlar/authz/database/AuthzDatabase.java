package io.ashlar.authz.database;

import io.agroal.api.AgroalDataSource;
import io.ashlar.guard.tenant.SqlWork;
import io.ashlar.guard.tenant.TenantConnection;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Runs work of requests in one tenant's transaction, as role {@code api}. Blocks; for virtual threads. */
@ApplicationScoped
public class AuthzDatabase {

    private final AgroalDataSource api;
    private final TenantConnection transactions;

    AuthzDatabase(@DataSource("api") AgroalDataSource api, TenantConnection transactions) {
        this.api = api;
        this.transactions = transactions;
    }

    /** Begins, sets the tenant, works, proves the tenant, commits; rolls back on any exception. */
    public <T> T inTenant(UUID tenant, SqlWork<T> work) {
        return transactions.call(api, tenant, work);
    }
}
