package io.ashlar.filter.dsl;

/** The stores whose SQL can be spoken; each reads the same query as the same rows. */
public enum Store {
    /** 17 or later. */
    POSTGRESQL,
    /** 2.0 or later, with its session in UTC; decimals have 28 digits before the point and 10 after. */
    DUCKDB,
    /** 26 or later; decimals as in DuckDB, times from 1900 to 2299, absent lists are empty ones. */
    CLICKHOUSE;

    Dialect dialect() {
        return switch (this) {
            case POSTGRESQL -> PostgresDialect.INSTANCE;
            case DUCKDB -> DuckDbDialect.INSTANCE;
            case CLICKHOUSE -> ClickHouseDialect.INSTANCE;
        };
    }
}
