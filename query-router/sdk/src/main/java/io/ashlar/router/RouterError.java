package io.ashlar.router;

import io.ashlar.authz.problem.ErrorCode;
import java.util.Locale;

/** What the router may answer besides what every door answers. */
public enum RouterError implements ErrorCode {
    SEAL_MISSING(400, "No sealed query was sent"),
    SEAL_INVALID(400, "The sealed query is not one of ours"),
    SEAL_EXPIRED(400, "The sealed query has expired"),
    OPERATION_MISMATCH(400, "The query was sealed for another operation"),
    SESSION_TOKEN_MISSING(400, "Session consistency needs a token"),
    TOKEN_INVALID(400, "The consistency token cannot be read"),
    TENANT_MISMATCH(403, "The consistency token is another tenant's"),
    CONSISTENCY_LOST(409, "What the token stands for was lost by a failover or a restore"),
    RELATION_UNKNOWN(422, "The dataset does not match the store"),
    QUERY_FAILED(422, "The store cannot run the query on this data"),
    QUERY_TOO_COSTLY(422, "The query would cost the store more than a query may"),
    TENANT_BUSY(429, "The tenant has as many reads running as it may have at once"),
    TENANT_SETTING_LOST(500, "The store did not confirm the tenant; nothing was released"),
    ANALYTICS_UNAVAILABLE(501, "There is no analytical store"),
    CONSISTENCY_PENDING(503, "No store is fresh enough yet"),
    STORE_UNAVAILABLE(503, "The store does not answer"),
    STATEMENT_TIMEOUT(504, "The store took too long");

    private final int status;
    private final String title;

    RouterError(int status, String title) {
        this.status = status;
        this.title = title;
    }

    @Override
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public String title() {
        return title;
    }
}
