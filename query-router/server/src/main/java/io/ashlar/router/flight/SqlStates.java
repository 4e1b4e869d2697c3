package io.ashlar.router.flight;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whose fault a SQLSTATE is. PostgreSQL's appendix A. */
public final class SqlStates {

    private static final String QUERY_CANCELED = "57014";

    /** Connection, authorization, resources, system, internal. */
    private static final Set<String> NODE_CLASSES = Set.of("08", "28", "53", "58", "XX");

    /** Conflict with recovery, deadlock with it, shutdowns, starting up. */
    private static final Set<String> NODE_STATES =
            Set.of("40001", "40P01", "57P01", "57P02", "57P03", "57P04", "57P05");

    private SqlStates() {}

    /** The outcome a failed statement makes. */
    public static <T> Outcome<T> outcome(@Nullable String sqlState) {
        if (sqlState == null || sqlState.length() != 5) {
            return new Outcome.Broken<>("no_sqlstate");
        }
        if (sqlState.equals(QUERY_CANCELED)) {
            return new Outcome.TimedOut<>();
        }
        return NODE_STATES.contains(sqlState) || NODE_CLASSES.contains(sqlState.substring(0, 2))
                ? new Outcome.Broken<>(sqlState)
                : new Outcome.Refused<>(sqlState);
    }

    /** Whether the store lacks what the dataset names, or does not show it: the same answer for both. */
    public static boolean isRelationUnknown(String sqlState) {
        return switch (sqlState) {
            case "42P01", "42703", "42501", "3F000", "42883", "42804" -> true;
            default -> false;
        };
    }
}
