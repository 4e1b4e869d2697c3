package io.ashlar.guard.permission;

import io.ashlar.authz.client.EntityRef;
import io.ashlar.guard.identity.Caller;

/** Decides. May block; never called on an event loop. Thread-safe. */
public interface PermissionCheck {

    /**
     * Whether the caller may.
     *
     * @throws io.ashlar.authz.problem.ProblemException {@code dependency_unavailable} if nobody can tell
     */
    Permission check(Caller caller, String action, EntityRef resource);

    /** The same, where it is all one why not. */
    default boolean allowed(Caller caller, String action, EntityRef resource) {
        return check(caller, action, resource) instanceof Permission.Granted;
    }
}
