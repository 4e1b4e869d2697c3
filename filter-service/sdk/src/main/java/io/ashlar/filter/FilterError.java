package io.ashlar.filter;

import io.ashlar.authz.problem.ErrorCode;
import java.util.Locale;

/** The problems of filter-service, besides those of the door. Those from {@link #CONSISTENCY_PENDING} on are the router's. */
public enum FilterError implements ErrorCode {
    UNKNOWN_DATASET(404, "There is no such dataset"),
    UNKNOWN_ROW(404, "There is no such row, or none that may be read"),
    INVALID_FILTER(400, "The query is not valid"),
    QUERY_TOO_LARGE(422, "The query and what the policies add to it are too large together"),
    CURSOR_INVALID(400, "The cursor does not belong to this query"),
    CURSOR_EXPIRED(400, "The cursor is too old"),
    DATASET_INVALID(422, "The declaration of the dataset is not valid"),
    DATASET_QUOTA(429, "The tenant has as many datasets as it may have"),
    UNKNOWN_DATASET_VERSION(404, "The dataset has no such version"),
    DATASET_INCOMPATIBLE(409, "The declaration would break those who use the dataset"),
    UNKNOWN_SEGMENT(404, "There is no such segment"),
    SEGMENT_INVALID(422, "The segment is not valid"),
    SEGMENT_IN_USE(409, "Other segments speak of the segment"),
    SEGMENT_QUOTA(429, "The tenant has as many segments as it may have"),
    PLAN_UNMAPPABLE(422, "A policy needs an attribute that the dataset does not declare"),
    ON_BEHALF_REQUIRED(403, "A query is resolved on behalf of a user"),
    CONSISTENCY_PENDING(503, "No store is as fresh as asked for yet"),
    CONSISTENCY_LOST(409, "What the consistency token stands for may have been lost"),
    SESSION_TOKEN_MISSING(400, "Session consistency needs a token"),
    TENANT_MISMATCH(403, "The consistency token belongs to another tenant"),
    QUERY_FAILED(422, "The store cannot run the query on this data"),
    QUERY_TOO_COSTLY(422, "The query would cost the store more than a query may"),
    TENANT_BUSY(429, "The tenant has as many reads running as it may have at once"),
    ANALYTICS_UNAVAILABLE(501, "There is no analytical store"),
    STATEMENT_TIMEOUT(504, "The query took too long"),
    STORE_UNAVAILABLE(503, "No store can answer");

    private final int status;
    private final String title;

    FilterError(int status, String title) {
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
