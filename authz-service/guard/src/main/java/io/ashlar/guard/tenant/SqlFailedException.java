package io.ashlar.guard.tenant;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The database refused or broke off; {@link #sqlState()} tells which. Its text is for logs only. */
public final class SqlFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final @Nullable String sqlState;

    public SqlFailedException(SQLException cause) {
        super("SQL state " + cause.getSQLState(), cause);
        this.sqlState = cause.getSQLState();
    }

    /** Five characters, or empty where the driver gave none. */
    public String sqlState() {
        return sqlState == null ? "" : sqlState;
    }

    /** SQL state 23505. */
    public boolean uniqueViolation() {
        return "23505".equals(sqlState);
    }
}
