package io.ashlar.guard.permission;

import java.util.List;

/** What was decided at the door. */
public sealed interface Permission {

    /** The caller may. */
    record Granted() implements Permission {}

    /**
     * The caller may not.
     *
     * @param methods ways of signing in (RFC 8176) one of which the caller lacks and would have been let in with; empty where
     *     signing in anew would not help
     */
    record Refused(List<String> methods) implements Permission {
        public Refused {
            methods = List.copyOf(methods);
        }
    }

    static Permission of(boolean allowed, List<String> methods) {
        return allowed ? new Granted() : new Refused(methods);
    }
}
